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
 * Which pixels of a clean clip move: those around which, in 3 x 3 pixels, the brightness differs
 * from the frame before by more than 8 grey levels on average. Those below 3 are still; those in
 * between count as neither.
 */
final class MotionMap {
    private static final float MOVING = 8;
    private static final float STILL = 3;

    private final int width;
    private final int height;
    private final float[] differences;

    MotionMap(float[] previous, float[] current, int width, int height) {
        this.width = width;
        this.height = height;
        this.differences = new float[current.length];
        for (int i = 0; i < current.length; i++) {
            differences[i] = Math.abs(current[i] - previous[i]);
        }
    }

    boolean isMoving(int x, int y) {
        return around(x, y) > MOVING;
    }

    boolean isStill(int x, int y) {
        return around(x, y) < STILL;
    }

    private float around(int x, int y) {
        float sum = 0;
        int count = 0;
        for (int row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
            for (int column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
                sum += differences[row * width + column];
                count++;
            }
        }
        return sum / count;
    }
}
