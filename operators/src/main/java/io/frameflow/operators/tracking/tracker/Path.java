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
package io.frameflow.operators.tracking.tracker;

/**
 * Where a track was seen in its latest frames, and the direction that it came from. At most {@link
 * #LONGEST} places are kept. Not thread-safe.
 */
final class Path {
    /** Most places that can be kept. */
    static final int LONGEST = 8;

    private int count;

    /** Places, oldest first: centres of boxes in pixels. */
    private final long[] frames = new long[LONGEST];

    private final float[] xs = new float[LONGEST];
    private final float[] ys = new float[LONGEST];

    /** A vector of length 1, or zeros. */
    private float directionX;

    private float directionY;

    void clear() {
        count = 0;
        directionX = 0;
        directionY = 0;
    }

    /**
     * Goes on to a further place.
     *
     * @param span frames over which the direction is measured, 0 to {@link #LONGEST}; with 0
     *     nothing is kept
     */
    void add(long frame, double x, double y, int span) {
        if (span == 0) {
            return;
        }
        int from = firstSince(frame - span);
        if (from >= 0) {
            double wayX = x - xs[from];
            double wayY = y - ys[from];
            double length = Math.hypot(wayX, wayY);
            directionX = length > 0 ? (float) (wayX / length) : 0;
            directionY = length > 0 ? (float) (wayY / length) : 0;
        }
        while (count >= span) {
            removeOldest();
        }
        append(frame, (float) x, (float) y);
    }

    /** The oldest place not before a frame; the latest one if all were before; -1 if none is. */
    int firstSince(long frame) {
        for (int i = 0; i < count; i++) {
            if (frames[i] >= frame) {
                return i;
            }
        }
        return count - 1;
    }

    int count() {
        return count;
    }

    long frame(int place) {
        return frames[place];
    }

    float x(int place) {
        return xs[place];
    }

    float y(int place) {
        return ys[place];
    }

    float directionX() {
        return directionX;
    }

    float directionY() {
        return directionY;
    }

    void rescale(double horizontal, double vertical) {
        for (int i = 0; i < count; i++) {
            xs[i] *= (float) horizontal;
            ys[i] *= (float) vertical;
        }
        double x = directionX * horizontal;
        double y = directionY * vertical;
        double length = Math.hypot(x, y);
        directionX = length > 0 ? (float) (x / length) : 0;
        directionY = length > 0 ? (float) (y / length) : 0;
    }

    /** For the state format. */
    void append(long frame, float x, float y) {
        frames[count] = frame;
        xs[count] = x;
        ys[count] = y;
        count++;
    }

    /** For the state format. */
    void restoreDirection(float x, float y) {
        directionX = x;
        directionY = y;
    }

    private void removeOldest() {
        System.arraycopy(frames, 1, frames, 0, count - 1);
        System.arraycopy(xs, 1, xs, 0, count - 1);
        System.arraycopy(ys, 1, ys, 0, count - 1);
        count--;
    }
}
