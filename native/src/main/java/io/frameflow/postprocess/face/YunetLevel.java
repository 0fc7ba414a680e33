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

/**
 * One of YuNet's grids and where its outputs are.
 *
 * @param stride pixels of the input from one cell to the next
 * @param columns cells of a row
 * @param rows rows of cells
 * @param firstAnchor number of its first cell among the cells of all grids
 * @param faceScore place of {@code cls} among the outputs, {@code [batch, cells, 1]}
 * @param objectScore place of {@code obj}, {@code [batch, cells, 1]}
 * @param boxes place of {@code bbox}, {@code [batch, cells, 4]}: the centre's distance from the
 *     cell's corner in strides, and the logarithms of width and height in strides
 * @param landmarks place of {@code kps}, {@code [batch, cells, 10]}: distances of five landmarks
 *     from the cell's corner in strides
 */
public record YunetLevel(
        int stride,
        int columns,
        int rows,
        int firstAnchor,
        int faceScore,
        int objectScore,
        int boxes,
        int landmarks) {
    /** Number of cells. */
    public int cells() {
        return columns * rows;
    }
}
