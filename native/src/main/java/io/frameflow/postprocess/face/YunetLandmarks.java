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
import java.nio.FloatBuffer;
import java.util.List;

/** Reads YuNet's landmarks, which lie at distances from the corner of their cell. */
final class YunetLandmarks implements KeypointReader {
    private static final int TARGET_NUMBERS = 3;

    private final YunetOutputs head;

    YunetLandmarks(YunetOutputs head) {
        this.head = head;
    }

    @Override
    public int count() {
        return YunetOutputs.LANDMARKS;
    }

    @Override
    public boolean scored() {
        return false;
    }

    @Override
    public void read(List<FloatBuffer> outputs, int image, int anchor, float[] target) {
        YunetLevel level = levelOf(anchor);
        int cell = anchor - level.firstAnchor();
        FloatBuffer landmarks = outputs.get(level.landmarks());
        int at = 2 * YunetOutputs.LANDMARKS * (image * level.cells() + cell);
        int column = cell % level.columns();
        int row = cell / level.columns();
        for (int i = 0; i < YunetOutputs.LANDMARKS; i++) {
            target[TARGET_NUMBERS * i] = (column + landmarks.get(at + 2 * i)) * level.stride();
            target[TARGET_NUMBERS * i + 1] = (row + landmarks.get(at + 2 * i + 1)) * level.stride();
        }
    }

    private YunetLevel levelOf(int anchor) {
        int index = head.levels().size() - 1;
        while (anchor < head.levels().get(index).firstAnchor()) {
            index--;
        }
        return head.levels().get(index);
    }
}
