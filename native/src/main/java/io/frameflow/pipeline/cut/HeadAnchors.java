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
package io.frameflow.pipeline.cut;

import io.frameflow.postprocess.yolo.YoloGrid;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the anchors of a head in its numbers: every side of a box is {@code (2 * logistic)^2} times
 * that of the anchor. Whether that is so for all boxes, {@link RowCheck} tells afterwards.
 */
final class HeadAnchors {
    /** What training tools store is a multiple of this, in pixels, as a rule. */
    private static final double STEP = 1.0 / 64;

    private static final double NEAR = 1e-3;
    private static final double THOUSAND = 1000;

    private HeadAnchors() {}

    /**
     * The anchors of each scale, {@code width, height} of each, in pixels.
     *
     * @param grids the scales
     * @param maps numbers before the head, by the grids' outputs
     * @param boxes numbers behind the head, a row of the grids' channels for each candidate
     */
    static List<List<Double>> find(
            List<YoloGrid> grids, List<FloatBuffer> maps, FloatBuffer boxes) {
        List<List<Double>> anchors = new ArrayList<>();
        for (YoloGrid grid : grids) {
            List<Double> sides = new ArrayList<>();
            for (int shape = 0; shape < grid.shapes(); shape++) {
                for (int side = 2; side < 4; side++) {
                    sides.add(rounded(side(grid, maps.get(grid.output()), boxes, shape, side)));
                }
            }
            anchors.add(sides);
        }
        return anchors;
    }

    /** Least squares over all cells of the first image, which large factors dominate. */
    private static double side(
            YoloGrid grid, FloatBuffer map, FloatBuffer boxes, int shape, int channel) {
        double products = 0;
        double squares = 0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            int at = shape * grid.shapeStride() + cell * grid.cellStride();
            double factor = RawRow.sideFactor(map.get(at + channel * grid.channelStride()));
            int row = grid.firstAnchor() + shape * grid.cells() + cell;
            products += factor * boxes.get(row * grid.channels() + channel);
            squares += factor * factor;
        }
        return products / squares;
    }

    private static double rounded(double side) {
        double even = Math.rint(side / STEP) * STEP;
        return Math.abs(even - side) <= NEAR ? even : Math.rint(side * THOUSAND) / THOUSAND;
    }
}
