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
 * What is remembered of a pixel, in 32 bits: the means of red, green and blue in quarters of a grey
 * level, 10 bits each from the lowest on, and above them the frames they rest on, less one: 0 to 3,
 * where 3 means 4 or more.
 */
final class HistoryWord {
    /** Highest number of frames less one. */
    static final int SETTLED = 3;

    private static final int MASK = 0x3FF;

    private HistoryWord() {}

    static int red(int word) {
        return word & MASK;
    }

    static int green(int word) {
        return (word >> 10) & MASK;
    }

    static int blue(int word) {
        return (word >> 20) & MASK;
    }

    static int age(int word) {
        return word >>> 30;
    }

    static int of(int red, int green, int blue, int age) {
        return red | (green << 10) | (blue << 20) | (age << 30);
    }
}
