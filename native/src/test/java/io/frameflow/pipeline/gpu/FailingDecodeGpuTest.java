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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.kernel.GpuTest;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.engine.tensorrt.EngineRegistry;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.reference.ReferenceData;
import io.frameflow.reference.ReferenceDetections;
import io.frameflow.reference.ReferencePlans;
import io.frameflow.resource.LeakCheck;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lanes of a card some of whose batches fail as a whole when they are decoded. No picture does that
 * to the decoder, so these lanes do.
 */
@GpuTest
@ExtendWith(LeakCheck.class)
class FailingDecodeGpuTest {
    private static final int LANES = 3;
    private static final int CAPACITY = 8;
    private static final int BATCHES = 90;

    /** A lane that fails with one batch in nine before it is decoded, with one after that. */
    private static final class FailingLane implements BatchLane {
        private final GpuLane lane;
        private long batch;

        FailingLane(GpuLane lane) {
            this.lane = lane;
        }

        static boolean fails(long batch) {
            return failsBefore(batch) || failsAfter(batch);
        }

        private static boolean failsBefore(long batch) {
            return batch % 9 == 3;
        }

        private static boolean failsAfter(long batch) {
            return batch % 9 == 7;
        }

        @Override
        public void stage(List<EncodedFrame> frames) {
            batch = frames.get(0).sequence();
            lane.stage(frames);
        }

        @Override
        public void decode(boolean alone) {
            if (failsBefore(batch)) {
                throw failure(batch);
            }
            lane.decode(alone);
            if (failsAfter(batch)) {
                throw failure(batch);
            }
        }

        private static FrameflowException failure(long batch) {
            return new FrameflowException(FailureCode.ENGINE_FAILED, "batch " + batch);
        }

        @Override
        public void launch() {
            lane.launch();
        }

        @Override
        public List<FrameResult> finish() {
            return lane.finish();
        }

        @Override
        public void abandon() {
            lane.abandon();
        }
    }

    private static LaneThreads open(Rollback owner) {
        CudaDevice device = CudaDevice.open(0);
        EngineRegistry.Lease lease =
                owner.add(
                        EngineRegistry.acquire(
                                ReferencePlans.file("yolov5n-fp16.plan"), device, "build it"));
        GpuModel model =
                GpuModel.of(
                        ModelFileReader.read(
                                Path.of("..", "deploy", "models", "yolov5.yaml"),
                                ReferenceData.file("models/yolov5n_640_dynbatch.onnx")),
                        lease.engine(),
                        device,
                        KernelCache.ofUser());
        PipelineStreams streams = owner.add(new PipelineStreams());
        PipelineDenoiser denoiser =
                owner.add(new PipelineDenoiser(device, model.kernels(), DenoiseStage.OFF));
        PipelinePreviews previews = owner.add(PipelinePreviews.onCard(device, model.kernels()));
        List<FailingLane> lanes = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            GpuLane lane =
                    owner.add(
                            new GpuLane(
                                    model,
                                    CAPACITY,
                                    DecodeLimits.DEFAULT,
                                    streams,
                                    denoiser,
                                    previews));
            lanes.add(new FailingLane(lane));
        }
        return owner.add(new LaneThreads(lanes, device::makeCurrent));
    }

    /** All pictures, a different one first in each batch. */
    private static List<EncodedFrame> batch(ReferenceDetections reference, int number)
            throws IOException {
        List<EncodedFrame> frames = new ArrayList<>();
        for (String name : names(reference, number)) {
            EncodedFrame frame = reference.frame(name);
            frames.add(
                    new EncodedFrame(
                            "camera",
                            number,
                            0,
                            frame.encoding(),
                            frame.width(),
                            frame.height(),
                            frame.image()));
        }
        return frames;
    }

    private static List<String> names(ReferenceDetections reference, int number) {
        List<String> names = new ArrayList<>(reference.names());
        Collections.rotate(names, number);
        return names;
    }

    @Test
    void theOthersComeBackInOrderWithTheirOwnResults() throws Exception {
        ReferenceDetections reference = ReferenceDetections.read();
        List<Integer> completed = Collections.synchronizedList(new ArrayList<>());
        try (Rollback owner = new Rollback()) {
            LaneThreads threads = open(owner);
            Deque<CompletableFuture<List<FrameResult>>> flight = new ArrayDeque<>();
            int checked = 0;
            for (int number = 0; number < BATCHES; number++) {
                int submitted = number;
                flight.add(
                        threads.submit(batch(reference, number))
                                .whenComplete((results, failure) -> completed.add(submitted)));
                // Once in a while all are awaited, so that a batch comes alone.
                int left = number % 20 == 19 ? 0 : LANES - 1;
                while (flight.size() > left) {
                    check(reference, checked++, flight.remove());
                }
            }
            while (!flight.isEmpty()) {
                check(reference, checked++, flight.remove());
            }
        }

        assertThat(completed).hasSize(BATCHES).isSorted();
    }

    private static void check(
            ReferenceDetections reference, int number, CompletableFuture<List<FrameResult>> batch)
            throws Exception {
        if (FailingLane.fails(number)) {
            assertThatThrownBy(batch::get)
                    .cause()
                    .isInstanceOf(FrameflowException.class)
                    .hasMessageContaining("batch " + number);
            return;
        }
        List<FrameResult> results = batch.get();
        List<String> names = names(reference, number);
        for (int i = 0; i < names.size(); i++) {
            assertThat(results.get(i)).isInstanceOf(FrameResult.Examined.class);
            FrameResult.Examined examined = (FrameResult.Examined) results.get(i);
            reference.assertFound(names.get(i), examined.detections(), 3, 0.03f);
        }
    }
}
