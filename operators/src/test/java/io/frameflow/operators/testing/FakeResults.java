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
package io.frameflow.operators.testing;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.Detections;
import java.util.List;

/** Results that depend on the frame alone, so that a replay gives the same ones. */
public final class FakeResults {
    /** The model that fakes claim to run. */
    public static final ModelDescription MODEL = model("fake");

    /** Width of every frame in pixels. */
    public static final int WIDTH = 640;

    /** Height of every frame in pixels. */
    public static final int HEIGHT = 480;

    private static final StageTimes TIMES = new StageTimes(1_000, 2_000, 3_000, 4_000, 5_000);

    private FakeResults() {}

    /** A model like {@link #MODEL} with another name. */
    public static ModelDescription model(String name) {
        return new ModelDescription(name, "1", "fp32", "fake", List.of("car", "person"), List.of());
    }

    /**
     * None, one or two objects, by the number of the frame; the objects move to the right by one
     * pixel a frame.
     */
    public static FrameResult examined(EncodedFrame frame) {
        int count = (int) (frame.sequence() % 3);
        float[] boxes = new float[4 * count];
        float[] scores = new float[count];
        int[] classIds = new int[count];
        for (int i = 0; i < count; i++) {
            boxes[4 * i] = frame.sequence() % 500;
            boxes[4 * i + 1] = 200 * i;
            boxes[4 * i + 2] = 60;
            boxes[4 * i + 3] = 40;
            scores[i] = 0.9f - 0.1f * i;
            classIds[i] = i;
        }
        return new FrameResult.Examined(
                WIDTH, HEIGHT, Detections.of(boxes, scores, classIds), TIMES);
    }

    /** A frame that could not be decoded. */
    public static FrameResult rejected(EncodedFrame frame) {
        return new FrameResult.Rejected(
                Stage.DECODE,
                FailureCode.CORRUPT_IMAGE,
                "frame " + frame.sequence() + " is damaged");
    }
}
