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
 * Brightness as differences are measured in: red + 2 green + blue, 0 to 1020, four units a grey
 * level. Noise with the same standard deviation in each channel has the square root of 6 times that
 * in it.
 */
final class Luma {
    private Luma() {}

    /** Of a pixel packed as red, green, blue from the lowest byte on. */
    static int of(int pixel) {
        return (pixel & 0xFF) + 2 * ((pixel >> 8) & 0xFF) + ((pixel >> 16) & 0xFF);
    }

    /** Of the mean in a word of history. */
    static int ofHistory(int word) {
        return (HistoryWord.red(word) + 2 * HistoryWord.green(word) + HistoryWord.blue(word)) >> 2;
    }
}
