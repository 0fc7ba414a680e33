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
package io.frameflow.cli.evaluate.denoise;

/**
 * How much of the previous frame is seen where edges move: what is left of the clean frame in the
 * difference to it, against what the previous frame has more than this one, over pixels that move
 * and differ by more than 8 grey levels.
 */
final class GhostMeasure {
    private static final float EDGE = 8;

    private double products;
    private double residualSquares;
    private double differenceSquares;

    /** Adds a picture, all by their brightness. */
    void add(float[] previous, float[] clean, float[] filtered, int width, MotionMap motion) {
        for (int i = 0; i < clean.length; i++) {
            float difference = previous[i] - clean[i];
            if (Math.abs(difference) > EDGE && motion.isMoving(i % width, i / width)) {
                double residual = filtered[i] - clean[i];
                products += residual * difference;
                residualSquares += residual * residual;
                differenceSquares += difference * difference;
            }
        }
    }

    /** Share of the previous frame that is still seen; 0 where nothing moves. */
    double share() {
        return differenceSquares == 0 ? 0 : products / differenceSquares;
    }

    /** Correlation of the residual with the previous frame, -1 to 1; 0 where nothing moves. */
    double correlation() {
        double squares = residualSquares * differenceSquares;
        return squares == 0 ? 0 : products / Math.sqrt(squares);
    }
}
