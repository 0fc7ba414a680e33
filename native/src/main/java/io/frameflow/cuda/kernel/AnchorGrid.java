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
package io.frameflow.cuda.kernel;

/** The shape of launches with one thread for each anchor of each picture. */
final class AnchorGrid {
    private static final int BLOCK = 256;

    private AnchorGrid() {}

    /** Blocks: the anchors of a picture, and the pictures. */
    static int[] of(int anchors, int batch) {
        return new int[] {(anchors + BLOCK - 1) / BLOCK, batch, 1};
    }

    /** Threads of a block. */
    static int[] block() {
        return new int[] {BLOCK, 1, 1};
    }
}
