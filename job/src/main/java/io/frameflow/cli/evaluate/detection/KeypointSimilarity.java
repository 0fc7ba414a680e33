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
package io.frameflow.cli.evaluate.detection;

/**
 * Object keypoint similarity: the mean over the labelled points of {@code exp(-d^2 / (2 s^2 k^2))},
 * with the distance {@code d}, the object's area {@code s^2}, and {@code k} twice the standard
 * deviation that people show in labelling a point of this kind.
 *
 * <p>Where nothing is labelled, the distance is that to the object's box, enlarged by its own size
 * on each side.
 */
final class KeypointSimilarity implements Similarity {
    /** Points of a person in COCO, from the nose to the right ankle. */
    static final int POINTS = 17;

    private static final double[] SIGMAS = {
        0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107,
        0.087, 0.087, 0.089, 0.089
    };

    /** Keeps objects without area from dividing by 0. */
    private static final double LEAST_AREA = Math.ulp(1.0);

    @Override
    public double of(ResultObject result, TruthObject object) {
        Keypoints truth = object.keypoints();
        Keypoints found = result.keypoints();
        boolean anyLabelled = false;
        for (int point = 0; point < POINTS; point++) {
            anyLabelled |= truth.isLabelled(point);
        }
        double sum = 0;
        int counted = 0;
        for (int point = 0; point < POINTS; point++) {
            if (anyLabelled && !truth.isLabelled(point)) {
                continue;
            }
            double squared =
                    anyLabelled
                            ? square(found.x(point) - truth.x(point))
                                    + square(found.y(point) - truth.y(point))
                            : squaredDistance(found.x(point), found.y(point), object.box());
            double variance = square(2 * SIGMAS[point]);
            sum += Math.exp(-squared / variance / (object.area() + LEAST_AREA) / 2);
            counted++;
        }
        return sum / counted;
    }

    private static double squaredDistance(double x, double y, Box box) {
        double wide = beyond(x, box.left() - box.width(), box.left() + 2 * box.width());
        double high = beyond(y, box.top() - box.height(), box.top() + 2 * box.height());
        return square(wide) + square(high);
    }

    private static double beyond(double value, double least, double most) {
        return Math.max(0, least - value) + Math.max(0, value - most);
    }

    private static double square(double value) {
        return value * value;
    }
}
