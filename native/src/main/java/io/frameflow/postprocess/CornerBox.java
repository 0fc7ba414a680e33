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
package io.frameflow.postprocess;

import io.frameflow.nms.Candidates;

/** A box given by its sides, in pixels of the network's input. */
public final class CornerBox {
    private CornerBox() {}

    /**
     * Adds a box.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code NON_FINITE_OUTPUT} if one of its
     *     sides is infinite or none
     */
    public static void add(
            int anchor,
            float left,
            float top,
            float right,
            float bottom,
            float score,
            int classId,
            Candidates candidates) {
        float sum = left + top + right + bottom;
        if (!Float.isFinite(sum)) {
            throw NonFiniteOutput.at(anchor, "the box", sum);
        }
        candidates.add(anchor, left, top, right, bottom, score, classId);
    }
}
