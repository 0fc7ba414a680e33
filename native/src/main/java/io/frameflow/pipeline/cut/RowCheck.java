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
import java.util.List;
import java.util.Optional;

/** Compares what a network's own head gives with what decoding without it gives. */
final class RowCheck {
    private static final int BOX = 4;

    /** Rounding in single precision, and of the anchors. */
    private static final double PIXELS = 0.01;

    private static final double OF_PIXELS = 1e-4;
    private static final double SCORE = 1e-5;
    private static final double OF_SCORE = 1e-3;

    private final List<YoloGrid> grids;
    private final List<List<Double>> anchors;
    private double boxDifference;
    private double scoreDifference;
    private Optional<String> disagreement = Optional.empty();

    RowCheck(List<YoloGrid> grids, List<List<Double>> anchors) {
        this.grids = grids;
        this.anchors = anchors;
    }

    /**
     * Compares all rows.
     *
     * @param maps numbers before the head, by the grids' outputs
     * @param rows numbers behind the head, in the order scale, anchor, row, column
     * @param images number of images in both
     * @return the first number that is another, in words; nothing if all agree
     */
    Optional<String> compare(List<FloatBuffer> maps, FloatBuffer rows, int images) {
        int candidates = grids.stream().mapToInt(YoloGrid::candidates).sum();
        for (int image = 0; image < images; image++) {
            for (int scale = 0; scale < grids.size(); scale++) {
                int first = image * candidates + grids.get(scale).firstAnchor();
                compare(scale, maps.get(grids.get(scale).output()), image, rows, first);
            }
        }
        return disagreement;
    }

    private void compare(int scale, FloatBuffer map, int image, FloatBuffer rows, int first) {
        YoloGrid grid = grids.get(scale);
        for (int place = 0; place < grid.candidates(); place++) {
            int shape = place / grid.cells();
            int cell = place % grid.cells();
            int at =
                    image * grid.imageStride()
                            + shape * grid.shapeStride()
                            + cell * grid.cellStride();
            for (int channel = 0; channel < grid.channels(); channel++) {
                double decoded =
                        RawRow.decode(
                                channel,
                                map.get(at + channel * grid.channelStride()),
                                channel == 0 ? cell % grid.columns() : cell / grid.columns(),
                                grid.stride(),
                                anchors.get(scale).get(2 * shape + channel % 2));
                float given = rows.get((first + place) * grid.channels() + channel);
                if (!agree(channel, given, decoded) && disagreement.isEmpty()) {
                    disagreement = Optional.of(describe(scale, place, channel, given, decoded));
                }
            }
        }
    }

    /** Written so that a number that is none does not agree. */
    private boolean agree(int channel, double given, double decoded) {
        double difference = Math.abs(given - decoded);
        if (channel < BOX) {
            boxDifference = Math.max(boxDifference, difference);
            return difference <= PIXELS + OF_PIXELS * Math.abs(decoded);
        }
        scoreDifference = Math.max(scoreDifference, difference);
        return difference <= SCORE + OF_SCORE * decoded;
    }

    private String describe(int scale, int place, int channel, double given, double decoded) {
        YoloGrid grid = grids.get(scale);
        int cell = place % grid.cells();
        String what =
                switch (channel) {
                    case 0 -> "centre x";
                    case 1 -> "centre y";
                    case 2 -> "width";
                    case 3 -> "height";
                    case BOX -> "objectness";
                    default -> "score of class " + (channel - BOX - 1);
                };
        return "%s of candidate %d (stride %d, anchor %d, row %d, column %d) is %s, but %s by the decoding of yolov5-raw"
                .formatted(
                        what,
                        grid.firstAnchor() + place,
                        grid.stride(),
                        place / grid.cells(),
                        cell / grid.columns(),
                        cell % grid.columns(),
                        (float) given,
                        (float) decoded);
    }

    /** Largest difference of a box, in pixels. */
    double boxDifference() {
        return boxDifference;
    }

    /** Largest difference of an objectness or score. */
    double scoreDifference() {
        return scoreDifference;
    }
}
