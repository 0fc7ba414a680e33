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
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.kernel.CandidateBuffers;
import io.frameflow.cuda.kernel.DetectionBuffers;
import io.frameflow.cuda.kernel.FrameDescriptors;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.gpu.GpuBatchDecoder;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import io.frameflow.failure.Stage;
import io.frameflow.geometry.Letterbox;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.resource.Rollback;
import io.frameflow.result.Detections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one batch in flight needs: memory for its pictures, tensors and results, and its
 * work captured for each batch size. {@link #stage}, {@link #launch} and {@link #finish} take
 * turns; they may be called by different threads.
 */
final class GpuLane implements AutoCloseable {
    /** Frames of batches that end so soon that waking a thread up is a good part of their time. */
    static final int SMALL_BATCH = 4;

    private static final long SPIN_NANOS = 3_000_000;

    private final GpuModel model;
    private final CudaStream decodeStream;
    private final CudaStream computeStream;
    private final GpuBatchDecoder decoder;
    private final FrameDescriptors descriptors;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final NavigableMap<Integer, BatchProgram> programs = new TreeMap<>();
    private final CudaEvent decodeStarted;
    private final CudaEvent decoded;
    private final CudaEvent done;
    private final @Nullable Letterbox[] placed;
    private final FrameResult.@Nullable Rejected[] rejected;
    private int frames;
    private @Nullable BatchProgram program;

    /**
     * Takes the memory and captures the work.
     *
     * @param computeStream where the engine runs; shared by the lanes of a pipeline
     */
    GpuLane(GpuModel model, int maxBatch, DecodeLimits limits, CudaStream computeStream) {
        this.model = model;
        this.computeStream = computeStream;
        this.placed = new Letterbox[maxBatch];
        this.rejected = new FrameResult.Rejected[maxBatch];
        try (Rollback rollback = new Rollback()) {
            decodeStream = own(rollback, new CudaStream());
            decoder = own(rollback, new GpuBatchDecoder(maxBatch, limits));
            descriptors = own(rollback, new FrameDescriptors(maxBatch));
            decodeStarted = own(rollback, new CudaEvent());
            decoded = own(rollback, new CudaEvent());
            done = own(rollback, new CudaEvent());
            CandidateBuffers candidates =
                    own(rollback, new CandidateBuffers(maxBatch, model.head().anchors()));
            DeviceBuffer scratch = own(rollback, new DeviceBuffer(scratchBytes(model)));
            Map<String, DeviceBuffer> tensors = tensors(rollback, maxBatch);
            for (int batch : batchSizes(model.engine().signature().batch().least(), maxBatch)) {
                programs.put(
                        batch,
                        own(
                                rollback,
                                new BatchProgram(
                                        model,
                                        batch,
                                        descriptors,
                                        tensors,
                                        scratch,
                                        candidates,
                                        computeStream)));
            }
            rollback.commit();
        }
    }

    private static long scratchBytes(GpuModel model) {
        return Math.max(1, model.engine().contextBytes());
    }

    /** The largest size, and the powers of two below it, within what the engine takes. */
    private static List<Integer> batchSizes(int least, int most) {
        List<Integer> sizes = new ArrayList<>();
        for (int size = Math.max(1, least); size < most; size *= 2) {
            sizes.add(size);
        }
        sizes.add(most);
        return sizes;
    }

    private Map<String, DeviceBuffer> tensors(Rollback rollback, int maxBatch) {
        Map<String, DeviceBuffer> tensors = new HashMap<>();
        NetworkSignature signature = model.engine().signature();
        List<TensorInfo> all = new ArrayList<>(signature.outputs());
        all.add(signature.input());
        for (TensorInfo tensor : all) {
            long bytes = maxBatch * tensor.bytesPerImage();
            tensors.put(tensor.name(), own(rollback, new DeviceBuffer(bytes)));
        }
        return tensors;
    }

    private <T extends AutoCloseable> T own(Rollback rollback, T resource) {
        owned.add(resource);
        return rollback.add(resource);
    }

    /** Takes a batch over: copies its bytes to where the card can read them. */
    void stage(List<EncodedFrame> batch) {
        frames = batch.size();
        program = null;
        decoder.begin();
        for (int place = 0; place < frames; place++) {
            placed[place] = null;
            rejected[place] = null;
            add(batch.get(place), place);
        }
        decoder.stage();
    }

    /** Queues the staged batch; {@link #finish} waits for it. */
    void launch() {
        for (int place = 0; place < descriptors.capacity(); place++) {
            descriptors.clear(place);
        }
        decodeStarted.record(decodeStream);
        decoder.decode(decodeStream, new Placement());
        decoded.record(decodeStream);
        BatchProgram fitting = programs.ceilingEntry(frames).getValue();
        computeStream.waitFor(decoded);
        fitting.launch(computeStream);
        done.record(computeStream);
        program = fitting;
    }

    /** Waits for what a batch that failed has left on the card, so that its memory is free. */
    void abandon() {
        decodeStream.synchronize();
        computeStream.synchronize();
    }

    private void add(EncodedFrame frame, int place) {
        try {
            decoder.add(place, frame.encoding(), frame.width(), frame.height(), frame.image());
        } catch (FrameflowException e) {
            reject(place, Stage.DECODE, e);
        }
    }

    private void reject(int place, Stage stage, FrameflowException reason) {
        if (reason.kind() != FailureKind.BAD_INPUT) {
            throw reason;
        }
        rejected[place] =
                new FrameResult.Rejected(stage, reason.code(), String.valueOf(reason.getMessage()));
    }

    /** Where decoded pictures go in the model's input. */
    private final class Placement implements GpuBatchDecoder.Outcome {
        @Override
        public void decoded(int place, GpuPicture picture) {
            Letterbox letterbox = model.input().letterbox(picture.width(), picture.height());
            placed[place] = letterbox;
            descriptors.set(place, picture.address(), picture.pitch(), picture.layout(), letterbox);
        }

        @Override
        public void rejected(int place, FrameflowException reason) {
            reject(place, Stage.DECODE, reason);
        }
    }

    /** Waits for the batch that was started, and reads its results. */
    List<FrameResult> finish() {
        BatchProgram ran = program;
        if (ran == null) {
            throw new IllegalStateException("no batch was started");
        }
        if (frames <= SMALL_BATCH) {
            done.synchronizeSoon(SPIN_NANOS);
        } else {
            done.synchronize();
        }
        StageTimes times =
                new StageTimes(
                        decoded.nanosSince(decodeStarted),
                        0,
                        ran.preprocessNanos(),
                        ran.inferenceNanos(),
                        ran.postprocessNanos());
        List<FrameResult> results = new ArrayList<>(frames);
        for (int place = 0; place < frames; place++) {
            results.add(result(place, ran.detections(), times));
        }
        return results;
    }

    private FrameResult result(int place, DetectionBuffers detections, StageTimes times) {
        FrameResult.Rejected reason = rejected[place];
        Letterbox letterbox = placed[place];
        if (reason != null) {
            return reason;
        }
        if (letterbox == null) {
            throw new IllegalStateException("frame " + place + " has no outcome");
        }
        if (!detections.isFinite(place)) {
            return new FrameResult.Rejected(
                    Stage.POSTPROCESS,
                    FailureCode.NON_FINITE_OUTPUT,
                    "the network's output for the frame is not finite");
        }
        Detections found =
                detections.read(place, model.thresholds().classRules(), letterbox.sourceHeight());
        return new FrameResult.Examined(
                letterbox.sourceWidth(), letterbox.sourceHeight(), found, times);
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            owned.forEach(everything::add);
        }
    }
}
