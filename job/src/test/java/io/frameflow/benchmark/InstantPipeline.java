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
package io.frameflow.benchmark;

import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.Detections;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A pipeline that returns at once, with the same few objects for each frame. */
final class InstantPipeline implements FramePipeline {
    static final int OBJECTS = 5;

    private static final ModelDescription MODEL =
            new ModelDescription("instant", "1", "fp32", "none", List.of("thing"), List.of());
    private static final FrameResult RESULT = result();

    private final int maxBatchSize;

    private InstantPipeline(int maxBatchSize) {
        this.maxBatchSize = maxBatchSize;
    }

    static FramePipelineFactory factory(int maxBatchSize) {
        return slot -> new InstantPipeline(maxBatchSize);
    }

    @Override
    public ModelDescription model() {
        return MODEL;
    }

    @Override
    public int maxBatchSize() {
        return maxBatchSize;
    }

    @Override
    public int maxBatchesInFlight() {
        return 2;
    }

    @Override
    public CompletableFuture<List<FrameResult>> submit(List<EncodedFrame> frames) {
        return CompletableFuture.completedFuture(Collections.nCopies(frames.size(), RESULT));
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private static FrameResult result() {
        float[] boxes = new float[4 * OBJECTS];
        float[] scores = new float[OBJECTS];
        for (int object = 0; object < OBJECTS; object++) {
            boxes[4 * object] = 300 * object;
            boxes[4 * object + 1] = 200;
            boxes[4 * object + 2] = 120;
            boxes[4 * object + 3] = 240;
            scores[object] = 0.9f;
        }
        return new FrameResult.Examined(
                1920,
                1080,
                Detections.of(boxes, scores, new int[OBJECTS]),
                new StageTimes(0, 0, 0, 0, 0));
    }
}
