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

import io.frameflow.nms.Candidates;
import io.frameflow.postprocess.CornerBox;

/** A box given by its centre and size, as all YOLO networks give theirs. */
final class CenterBox {
    private CenterBox() {}

    /** Adds the box by its sides; fails if one of them is not finite. */
    static void add(
            int anchor,
            float x,
            float y,
            float width,
            float height,
            float score,
            int classId,
            Candidates candidates) {
        CornerBox.add(
                anchor,
                x - width / 2,
                y - height / 2,
                x + width / 2,
                y + height / 2,
                score,
                classId,
                candidates);
    }
}
