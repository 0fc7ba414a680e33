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
package io.frameflow.postprocess.yolo;

import io.frameflow.postprocess.KeypointReader;
import java.nio.FloatBuffer;
import java.util.List;

/** Reads keypoints that lie among the other numbers of a candidate, in pixels of the input. */
final class YoloKeypoints implements KeypointReader {
    private static final int TARGET_NUMBERS = 3;

    private final YoloOutput output;

    YoloKeypoints(YoloOutput output) {
        this.output = output;
    }

    @Override
    public int count() {
        return output.keypoints();
    }

    @Override
    public boolean scored() {
        return output.keypointNumbers() == TARGET_NUMBERS;
    }

    @Override
    public void read(List<FloatBuffer> outputs, int image, int anchor, float[] target) {
        FloatBuffer numbers = outputs.get(0);
        int stride = output.channelStride();
        int at =
                image * output.anchors() * output.channels()
                        + anchor * output.anchorStride()
                        + output.firstKeypoint() * stride;
        for (int keypoint = 0; keypoint < output.keypoints(); keypoint++) {
            for (int i = 0; i < output.keypointNumbers(); i++) {
                target[TARGET_NUMBERS * keypoint + i] = numbers.get(at);
                at += stride;
            }
        }
    }
}
