/*
 * Copyright 2026 The Frameflow Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package io.frameflow.pipeline.gpu;

import io.frameflow.cuda.CudaEvent;
import io.frameflow.cuda.CudaStream;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.FramePlace;
import io.frameflow.denoise.gpu.GpuDenoiseBatch;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.resource.Rollback;

/**
 * Reduces the noise of a lane's pictures between decoder and engine. Costs nothing where no frame
 * of a batch asks for it. For each batch: {@link #begin}, {@link #add} for each picture in the
 * order of the batch, {@link #submit}; batches of all lanes in the order of submission.
 */
final class LaneDenoiser implements AutoCloseable {
    private final GpuDenoiseBatch batch;
    private final DenoiseSettings usual;
    private final CudaStream stream;
    private final CudaEvent finished;

    /**
     * Takes the batch over.
     *
     * @param usual settings of frames without settings of their own
     * @param stream where all lanes of the pipeline filter; stays the caller's
     */
    LaneDenoiser(GpuDenoiseBatch batch, DenoiseSettings usual, CudaStream stream) {
        this.batch = batch;
        this.usual = usual;
        this.stream = stream;
        try (Rollback rollback = new Rollback()) {
            rollback.add(batch);
            finished = rollback.add(new CudaEvent());
            rollback.commit();
        }
    }

    /** Begins a batch; the work of the lane's last one must be done. */
    void begin() {
        batch.begin();
    }

    /** Adds a decoded picture, unless its noise is to stay. */
    void add(int place, FramePlace frame, FrameSettings settings, GpuPicture picture) {
        DenoiseSettings own = settings.denoise();
        batch.add(place, frame, picture, own == null ? usual : own);
    }

    /**
     * Queues the work.
     *
     * @param decoded when the pictures are there
     * @return when those of {@link #output} are
     */
    CudaEvent submit(CudaEvent decoded) {
        if (batch.isEmpty()) {
            batch.submit(stream);
            return decoded;
        }
        stream.waitFor(decoded);
        batch.submit(stream);
        finished.record(stream);
        return finished;
    }

    /** The picture that the network shall see; the one that was decoded where noise stays. */
    GpuPicture output(int place, GpuPicture decoded) {
        return batch.output(place, decoded);
    }

    /** Frames that the picture rests on, once the work is done; 0 where noise stayed. */
    int restsOnFrames(int place) {
        return batch.restsOnFrames(place);
    }

    /** Nanoseconds of the last batch, once the work is done. */
    long nanos() {
        return batch.nanos();
    }

    /** Waits for all that is queued, also by other lanes. */
    void synchronize() {
        stream.synchronize();
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(batch);
            everything.add(finished);
        }
    }
}
