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

import java.util.List;

/**
 * One scale of a YOLO network without its head in the graph. Distances are in numbers of the
 * output.
 *
 * @param output place of its feature map among the outputs
 * @param stride pixels of the input from one cell to the next
 * @param columns cells of a row
 * @param rows rows of cells
 * @param firstAnchor number of its first candidate among those of all scales; candidates follow by
 *     anchor, row, column
 * @param sides width and height of each anchor in pixels of the input
 * @param channels numbers of each candidate: 5 and a score for each class
 * @param channelsLast whether the numbers of a candidate lie together
 */
public record YoloGrid(
        int output,
        int stride,
        int columns,
        int rows,
        int firstAnchor,
        List<Float> sides,
        int channels,
        boolean channelsLast) {
    /** Copies the list. */
    public YoloGrid {
        sides = List.copyOf(sides);
    }

    /** Number of cells. */
    public int cells() {
        return columns * rows;
    }

    /** Anchors of each cell. */
    public int shapes() {
        return sides.size() / 2;
    }

    /** Number of candidates. */
    public int candidates() {
        return shapes() * cells();
    }

    /** Distance from one image to the next. */
    public int imageStride() {
        return candidates() * channels;
    }

    /** Distance from one anchor of a cell to the next. */
    public int shapeStride() {
        return cells() * channels;
    }

    /** Distance from one cell to the next. */
    public int cellStride() {
        return channelsLast ? channels : 1;
    }

    /** Distance from one number of a candidate to the next. */
    public int channelStride() {
        return channelsLast ? 1 : cells();
    }
}
