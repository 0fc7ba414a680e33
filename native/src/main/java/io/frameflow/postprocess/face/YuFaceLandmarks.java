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
package io.frameflow.postprocess.face;

import io.frameflow.postprocess.KeypointReader;
import io.frameflow.postprocess.ssd.Priors;
import java.nio.FloatBuffer;
import java.util.List;

/** Reads YuFaceDetectNet's landmarks, which are differences from the centre of their prior. */
final class YuFaceLandmarks implements KeypointReader {
    private static final int TARGET_NUMBERS = 3;
    private static final int FIRST_LANDMARK = 4;

    private final YuFaceOutputs head;

    YuFaceLandmarks(YuFaceOutputs head) {
        this.head = head;
    }

    @Override
    public int count() {
        return YuFaceOutputs.LANDMARKS;
    }

    @Override
    public boolean scored() {
        return false;
    }

    @Override
    public void read(List<FloatBuffer> outputs, int image, int anchor, float[] target) {
        Priors priors = head.priors();
        FloatBuffer locations = outputs.get(head.location());
        int at = YuFaceOutputs.LOCATION * (image * priors.count() + anchor) + FIRST_LANDMARK;
        float variance = YuFaceOutputs.CENTER_VARIANCE;
        for (int i = 0; i < YuFaceOutputs.LANDMARKS; i++) {
            target[TARGET_NUMBERS * i] =
                    priors.centerX(anchor)
                            + locations.get(at + 2 * i) * variance * priors.width(anchor);
            target[TARGET_NUMBERS * i + 1] =
                    priors.centerY(anchor)
                            + locations.get(at + 2 * i + 1) * variance * priors.height(anchor);
        }
    }
}
