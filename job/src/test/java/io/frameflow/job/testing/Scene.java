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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.Detections;
import java.util.ArrayList;
import java.util.List;

/**
 * What an imaginary detector sees: objects that cross the picture at different speeds, vanish for a
 * while and come back, so that tracks begin, are lost, recovered and ended. It depends on camera
 * and sequence alone.
 */
public final class Scene {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int OBJECTS = 4;
    private static final StageTimes TIMES = new StageTimes(1, 0, 1, 1, 1);

    private Scene() {}

    /** Whether the frame is one that cannot be decoded: one in 41. */
    public static boolean isBad(long sequence) {
        return sequence % 41 == 40;
    }

    /** What becomes of a frame. */
    public static FrameResult examine(EncodedFrame frame) {
        if (isBad(frame.sequence())) {
            return new FrameResult.Rejected(
                    Stage.DECODE, FailureCode.CORRUPT_IMAGE, "frame " + frame.sequence());
        }
        List<float[]> boxes = new ArrayList<>();
        int camera = Math.floorMod(frame.cameraId().hashCode(), 7);
        for (int object = 0; object < OBJECTS; object++) {
            long phase = frame.sequence() + 37L * object + 11L * camera;
            if (phase % 150 < 110 && phase % 17 != 0) {
                boxes.add(
                        new float[] {
                            phase % 150 * (3 + object) % WIDTH, 40 + 100 * object, 50 + object, 40
                        });
            }
        }
        return examined(boxes);
    }

    private static FrameResult examined(List<float[]> boxes) {
        int count = boxes.size();
        float[] columns = new float[4 * count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(boxes.get(i), 0, columns, 4 * i, 4);
            scores[i] = 0.9f - 0.1f * i;
        }
        return new FrameResult.Examined(
                WIDTH, HEIGHT, Detections.of(columns, scores, new int[count]), TIMES);
    }
}
