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
package io.frameflow.denoise;

/**
 * What is remembered of a camera with pictures in planes: {@link PlaneMeans} of luma, in an even
 * number of columns and rows, of which the last ones may stand twice, and of chroma.
 */
final class PlanesHistory {
    private final char[] luma;
    private final char[] cb;
    private final char[] cr;

    PlanesHistory(int width, int height, ChromaSampling sampling) {
        luma = new char[even(width) * even(height)];
        cb = new char[sampling.columns(width) * sampling.rows(height)];
        cr = new char[cb.length];
    }

    /** The next even number. */
    static int even(int number) {
        return (number + 1) & ~1;
    }

    /** Bytes that the history of such pictures takes. */
    static long bytes(int width, int height, ChromaSampling sampling) {
        long samples = (long) sampling.columns(width) * sampling.rows(height);
        return Character.BYTES * ((long) even(width) * even(height) + 2 * samples);
    }

    char[] luma() {
        return luma;
    }

    char[] cb() {
        return cb;
    }

    char[] cr() {
        return cr;
    }
}
