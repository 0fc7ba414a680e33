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
package io.frameflow.operators.tracking.motion;

/**
 * The textbook filter with 8 x 8 matrices and the noise of the three models as their authors write
 * it: the oracle for {@link BoxKalmanFilter}, which makes use of what the matrices have in common.
 */
final class DenseKalmanFilter {
    private static final int MEASURED = 4;
    private static final int SIZE = 8;

    private final BoxModel model;
    private double[][] mean;
    private double[][] covariance;

    DenseKalmanFilter(BoxModel model, double left, double top, double width, double height) {
        this.model = model;
        double[] box = measurement(left, top, width, height);
        mean = new double[SIZE][1];
        for (int i = 0; i < MEASURED; i++) {
            mean[i][0] = box[i];
        }
        covariance =
                switch (model) {
                    case AREA_AND_ASPECT ->
                            squares(
                                    Math.sqrt(10),
                                    Math.sqrt(10),
                                    Math.sqrt(10),
                                    Math.sqrt(10),
                                    100,
                                    100,
                                    100,
                                    0);
                    case ASPECT_AND_HEIGHT ->
                            squares(
                                    2 * height / 20,
                                    2 * height / 20,
                                    1e-2,
                                    2 * height / 20,
                                    10 * height / 160,
                                    10 * height / 160,
                                    1e-5,
                                    10 * height / 160);
                    case WIDTH_AND_HEIGHT ->
                            squares(
                                    2 * width / 20,
                                    2 * height / 20,
                                    2 * width / 20,
                                    2 * height / 20,
                                    10 * width / 160,
                                    10 * height / 160,
                                    10 * width / 160,
                                    10 * height / 160);
                };
    }

    double mean(int i) {
        return mean[i][0];
    }

    double covariance(int i, int j) {
        return covariance[i][j];
    }

    void predict() {
        for (int size = 2; size < MEASURED; size++) {
            if (mean[size][0] + mean[size + MEASURED][0] <= 0) {
                mean[size + MEASURED][0] = 0;
            }
        }
        double width = mean[2][0];
        double height = mean[3][0];
        double[][] motion = squares(1, 1, 1, 1, 1, 1, 1, 1);
        for (int i = 0; i < MEASURED; i++) {
            motion[i][i + MEASURED] = 1;
        }
        double[][] noise =
                switch (model) {
                    case AREA_AND_ASPECT -> squares(1, 1, 1, 1, 0.1, 0.1, 0.01, 0);
                    case ASPECT_AND_HEIGHT ->
                            squares(
                                    height / 20,
                                    height / 20,
                                    1e-2,
                                    height / 20,
                                    height / 160,
                                    height / 160,
                                    1e-5,
                                    height / 160);
                    case WIDTH_AND_HEIGHT ->
                            squares(
                                    width / 20,
                                    height / 20,
                                    width / 20,
                                    height / 20,
                                    width / 160,
                                    height / 160,
                                    width / 160,
                                    height / 160);
                };
        mean = product(motion, mean);
        covariance = sum(product(product(motion, covariance), transposed(motion)), noise);
    }

    void correct(double left, double top, double width, double height) {
        double knownWidth = mean[2][0];
        double knownHeight = mean[3][0];
        double[][] noise =
                switch (model) {
                    case AREA_AND_ASPECT -> squares(1, 1, Math.sqrt(10), Math.sqrt(10));
                    case ASPECT_AND_HEIGHT ->
                            squares(knownHeight / 20, knownHeight / 20, 1e-1, knownHeight / 20);
                    case WIDTH_AND_HEIGHT ->
                            squares(
                                    knownWidth / 20,
                                    knownHeight / 20,
                                    knownWidth / 20,
                                    knownHeight / 20);
                };
        double[][] observe = new double[MEASURED][SIZE];
        for (int i = 0; i < MEASURED; i++) {
            observe[i][i] = 1;
        }
        double[][] projected =
                sum(product(product(observe, covariance), transposed(observe)), noise);
        double[][] gain = product(product(covariance, transposed(observe)), inverse(projected));
        double[] box = measurement(left, top, width, height);
        double[][] surprise = new double[MEASURED][1];
        for (int i = 0; i < MEASURED; i++) {
            surprise[i][0] = box[i] - mean[i][0];
        }
        mean = sum(mean, product(gain, surprise));
        double[][] known = product(product(gain, projected), transposed(gain));
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                covariance[i][j] -= known[i][j];
            }
        }
    }

    private double[] measurement(double left, double top, double width, double height) {
        double x = left + width / 2;
        double y = top + height / 2;
        return switch (model) {
            case AREA_AND_ASPECT -> new double[] {x, y, width * height, width / height};
            case ASPECT_AND_HEIGHT -> new double[] {x, y, width / height, height};
            case WIDTH_AND_HEIGHT -> new double[] {x, y, width, height};
        };
    }

    /** A diagonal matrix of the squares. */
    private static double[][] squares(double... deviations) {
        double[][] result = new double[deviations.length][deviations.length];
        for (int i = 0; i < deviations.length; i++) {
            result[i][i] = deviations[i] * deviations[i];
        }
        return result;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] result = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    result[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return result;
    }

    private static double[][] sum(double[][] a, double[][] b) {
        double[][] result = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[i][j] = a[i][j] + b[i][j];
            }
        }
        return result;
    }

    private static double[][] transposed(double[][] a) {
        double[][] result = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }

    /** Gauss and Jordan's elimination; a covariance needs no exchange of rows. */
    private static double[][] inverse(double[][] matrix) {
        int size = matrix.length;
        double[][] rest = new double[size][];
        double[][] result = new double[size][size];
        for (int i = 0; i < size; i++) {
            rest[i] = matrix[i].clone();
            result[i][i] = 1;
        }
        for (int pivot = 0; pivot < size; pivot++) {
            double scale = rest[pivot][pivot];
            for (int j = 0; j < size; j++) {
                rest[pivot][j] /= scale;
                result[pivot][j] /= scale;
            }
            for (int i = 0; i < size; i++) {
                if (i != pivot) {
                    double factor = rest[i][pivot];
                    for (int j = 0; j < size; j++) {
                        rest[i][j] -= factor * rest[pivot][j];
                        result[i][j] -= factor * result[pivot][j];
                    }
                }
            }
        }
        return result;
    }
}
