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
package io.frameflow.job.testing;

import io.frameflow.cli.motchallenge.MotChallengeRow;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.Detections;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A picture that is nothing but the boxes that are to be found in it, so that what a job finds goes
 * through Kafka with its frames.
 */
public final class BoxPicture {
    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;
    private static final int NUMBERS = 5;
    private static final int PERSON = 1;
    private static final StageTimes TIMES = new StageTimes(1, 0, 1, 1, 1);

    private BoxPicture() {}

    /** A picture of boxes, the highest score first. */
    public static ByteBuffer of(List<MotChallengeRow> boxes) {
        ByteBuffer picture = ByteBuffer.allocate(boxes.size() * NUMBERS * Float.BYTES);
        for (MotChallengeRow box : boxes) {
            picture.putFloat((float) box.left())
                    .putFloat((float) box.top())
                    .putFloat((float) box.width())
                    .putFloat((float) box.height())
                    .putFloat((float) box.confidence());
        }
        return picture.flip();
    }

    /** Finds the boxes in the picture of a frame. */
    public static FrameResult examine(EncodedFrame frame) {
        FloatBuffer numbers = frame.image().asReadOnlyBuffer().asFloatBuffer();
        int count = numbers.remaining() / NUMBERS;
        float[] boxes = new float[4 * count];
        float[] scores = new float[count];
        int[] classIds = new int[count];
        Arrays.fill(classIds, PERSON);
        for (int i = 0; i < count; i++) {
            numbers.get(boxes, 4 * i, 4);
            scores[i] = numbers.get();
        }
        return new FrameResult.Examined(
                WIDTH, HEIGHT, Detections.of(boxes, scores, classIds), TIMES);
    }
}
