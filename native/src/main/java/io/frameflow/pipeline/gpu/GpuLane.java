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
import io.frameflow.cuda.kernel.FrameDescriptors;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.gpu.GpuBatchDecoder;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FrameflowException;
import io.frameflow.failure.Stage;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.postprocess.gpu.GpuPostprocessing;
import io.frameflow.resource.Rollback;
import io.frameflow.result.Findings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one batch in flight needs: memory for its pictures, tensors and results, and its
 * work captured for each batch size.
 *
 * <p>Lanes share nothing until a batch is launched: each has a decoder, with handles, state and
 * buffers of its own, and a stream for its pictures.
 */
final class GpuLane implements BatchLane, AutoCloseable {
    /** Frames of batches that end so soon that waking a thread up is a good part of their time. */
    static final int SMALL_BATCH = 4;

    private static final long SPIN_NANOS = 3_000_000;

    private final GpuModel model;
    private final CudaStream ownStream;
    private final CudaStream preparationStream;
    private final CudaStream engineStream;
    private final GpuBatchDecoder decoder;
    private final LaneDenoiser denoiser;
    private final PipelinePreviews previews;
    private final FrameDescriptors descriptors;
    private final GpuPostprocessing postprocessing;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final NavigableMap<Integer, BatchProgram> programs = new TreeMap<>();
    private final CudaEvent decodeStarted;
    private final CudaEvent decoded;
    private final CudaEvent prepared;
    private final CudaEvent done;
    private final List<LaneFrame> frames = new ArrayList<>();
    private @Nullable BatchProgram program;

    /** Where all of the batch is done but the engine. */
    private CudaStream batchStream;

    /**
     * Takes the memory and captures the work.
     *
     * @param streams shared by the lanes of a pipeline
     * @param denoiser reduces noise; shared by the lanes of a pipeline
     * @param previews makes pictures for people; shared by the lanes of a pipeline
     */
    GpuLane(
            GpuModel model,
            int maxBatch,
            DecodeLimits limits,
            PipelineStreams streams,
            PipelineDenoiser denoiser,
            PipelinePreviews previews) {
        this.model = model;
        this.previews = previews;
        preparationStream = streams.preparation();
        engineStream = streams.engine();
        List<Integer> sizes = batchSizes(model.engine().signature().batch().least(), maxBatch);
        int most = sizes.get(sizes.size() - 1);
        try (Rollback rollback = new Rollback()) {
            ownStream = own(rollback, new CudaStream());
            batchStream = ownStream;
            decoder = own(rollback, new GpuBatchDecoder(maxBatch, limits));
            this.denoiser = own(rollback, denoiser.newLane(maxBatch));
            descriptors = own(rollback, new FrameDescriptors(most));
            decodeStarted = own(rollback, new CudaEvent());
            decoded = own(rollback, new CudaEvent());
            prepared = own(rollback, new CudaEvent());
            done = own(rollback, new CudaEvent());
            DeviceBuffer scratch = own(rollback, new DeviceBuffer(scratchBytes(model)));
            Map<String, DeviceBuffer> tensors = tensors(rollback, most);
            postprocessing =
                    own(
                            rollback,
                            new GpuPostprocessing(
                                    model.outputs(), model.onCard(tensors, descriptors), sizes));
            for (int batch : sizes) {
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
                                        postprocessing,
                                        engineStream)));
            }
            rollback.commit();
        }
    }

    private static long scratchBytes(GpuModel model) {
        return Math.max(1, model.engine().contextBytes());
    }

    /**
     * The largest size, and below it the powers of two times the least that the engine takes; a
     * network whose batch is fixed has that size alone, also where batches are to be smaller.
     */
    private static List<Integer> batchSizes(int least, int most) {
        List<Integer> sizes = new ArrayList<>();
        int size = Math.max(1, least);
        for (; size < most; size *= 2) {
            sizes.add(size);
        }
        sizes.add(sizes.isEmpty() ? size : most);
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

    /**
     * Takes a batch over: copies its bytes to where the card can read them. By any thread, beside
     * any step of other lanes.
     */
    @Override
    public void stage(List<EncodedFrame> batch) {
        frames.clear();
        program = null;
        decoder.begin();
        for (EncodedFrame frame : batch) {
            LaneFrame own = new LaneFrame(frame);
            frames.add(own);
            try {
                decoder.add(
                        frames.size() - 1,
                        frame.encoding(),
                        frame.width(),
                        frame.height(),
                        frame.image());
            } catch (FrameflowException e) {
                own.reject(Stage.DECODE, e);
            }
        }
        decoder.stage();
    }

    /**
     * Has the staged pictures decoded in a stream of the lane's own; those of a batch that is alone
     * in that of the engine, which then need not wait for another stream. By any thread once the
     * batch is staged; lanes may do so side by side and in any order. The time of decoding is what
     * passes until the last picture is there, and holds what the decoder does for others meanwhile.
     */
    @Override
    public void decode(boolean alone) {
        batchStream = alone ? engineStream : ownStream;
        decodeStarted.record(batchStream);
        decoder.decode(batchStream, new Arrival());
        decoded.record(batchStream);
    }

    /**
     * Queues all that follows on decoding; {@link #finish} waits for it. By any thread once {@link
     * #decode} has returned, but by one lane after the other in the order of submission: noise
     * reduction needs the frames of a camera in order, and the lanes share its stream and the
     * engine's.
     */
    @Override
    public void launch() {
        BatchProgram fitting = programs.ceilingEntry(frames.size()).getValue();
        CudaEvent pictures = reduceNoise();
        if (pictures != decoded) {
            batchStream.waitFor(pictures);
        }
        prepare(fitting.batch());
        batchStream.waitFor(prepared);
        fitting.launch(batchStream, engineStream);
        postprocessing.queueCopies(frames.size(), batchStream);
        done.record(batchStream);
        program = fitting;
    }

    /** Queues what does not depend on the pictures, so that it is done while they are decoded. */
    private void prepare(int batch) {
        postprocessing.begin(batch);
        for (int place = 0; place < descriptors.capacity(); place++) {
            describe(place);
        }
        descriptors.upload(preparationStream);
        postprocessing.queuePreparation(preparationStream);
        prepared.record(preparationStream);
    }

    /** Queues the reduction of noise where frames ask for it; tells when the pictures are there. */
    private CudaEvent reduceNoise() {
        denoiser.begin();
        for (int place = 0; place < frames.size(); place++) {
            LaneFrame frame = frames.get(place);
            GpuPicture picture = frame.picture();
            if (picture != null) {
                denoiser.add(place, frame.place(), frame.settings(), picture);
            }
        }
        return denoiser.submit(decoded);
    }

    /** Says where a frame's picture lies, and where it goes in the model's input. */
    private void describe(int place) {
        descriptors.clear(place);
        GpuPicture source = place < frames.size() ? frames.get(place).picture() : null;
        if (source == null) {
            return;
        }
        LaneFrame frame = frames.get(place);
        GpuPicture picture = denoiser.output(place, source);
        frame.placed(picture, model.input().letterbox(picture.width(), picture.height()));
        descriptors.set(
                place, picture.address(), picture.pitch(), picture.layout(), frame.letterbox());
        descriptors.setThresholds(
                place, frame.settings().scoreThreshold(), frame.settings().nmsIouThreshold());
        postprocessing.place(place, frame.letterbox());
    }

    /** Waits for what a batch that failed has left on the card, so that its memory is free. */
    @Override
    public void abandon() {
        ownStream.synchronize();
        preparationStream.synchronize();
        denoiser.synchronize();
        engineStream.synchronize();
    }

    /** Takes decoded pictures, which come in any order. */
    private final class Arrival implements GpuBatchDecoder.Outcome {
        @Override
        public void decoded(int place, GpuPicture picture) {
            frames.get(place).decoded(picture);
        }

        @Override
        public void rejected(int place, FrameflowException reason) {
            frames.get(place).reject(Stage.DECODE, reason);
        }
    }

    /** Waits for the batch that was launched, and reads its results. */
    @Override
    public List<FrameResult> finish() {
        BatchProgram ran = program;
        if (ran == null) {
            throw new IllegalStateException("no batch was launched");
        }
        StageTimes times = awaitWork(ran);
        List<FrameResult> results = new ArrayList<>(frames.size());
        for (int place = 0; place < frames.size(); place++) {
            results.add(result(place, times));
        }
        return results;
    }

    private StageTimes awaitWork(BatchProgram ran) {
        if (frames.size() > SMALL_BATCH) {
            done.synchronize();
        }
        // To read a time takes microseconds: of a small batch, while the card does what follows.
        decoded.synchronizeSoon(SPIN_NANOS);
        long decode = decoded.nanosSince(decodeStarted);
        long preprocess = ran.preprocessNanos(SPIN_NANOS);
        long denoise = denoiser.nanos();
        long inference = ran.inferenceNanos(SPIN_NANOS);
        long postprocess = ran.postprocessNanos(SPIN_NANOS);
        done.synchronizeSoon(SPIN_NANOS);
        return new StageTimes(decode, denoise, preprocess, inference, postprocess);
    }

    private FrameResult result(int place, StageTimes times) {
        LaneFrame frame = frames.get(place);
        if (frame.rejected() == null) {
            try {
                Findings findings = postprocessing.read(place, frame.letterbox());
                // The batch's pictures stay where they are until the next one is staged.
                return frame.examined(
                        findings, times, denoiser.restsOnFrames(place), previews.of(frame));
            } catch (FrameflowException e) {
                frame.reject(Stage.POSTPROCESS, e);
            }
        }
        return frame.rejection();
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            owned.forEach(everything::add);
        }
    }
}
