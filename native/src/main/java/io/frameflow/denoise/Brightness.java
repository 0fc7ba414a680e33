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

/** Brightness of a picture and of the history of its camera, in the units of {@link Luma}. */
interface Brightness {
    int width();

    int height();

    /** Of a pixel. */
    int at(int x, int y);

    /** Of the mean of a pixel; only where there is a history. */
    int ofMean(int x, int y);

    /** Of interleaved pixels and a history of {@link HistoryWord}. */
    static Brightness of(PixelSource source, int[] history) {
        return new Brightness() {
            @Override
            public int width() {
                return source.width();
            }

            @Override
            public int height() {
                return source.height();
            }

            @Override
            public int at(int x, int y) {
                return Luma.of(source.pixel(x, y));
            }

            @Override
            public int ofMean(int x, int y) {
                return Luma.ofHistory(history[y * source.width() + x]);
            }
        };
    }

    /** Of planes: luma, four times. */
    static Brightness of(PlanarImage image, PlanesHistory history) {
        return new Brightness() {
            @Override
            public int width() {
                return image.width();
            }

            @Override
            public int height() {
                return image.height();
            }

            @Override
            public int at(int x, int y) {
                return 4 * (image.luma()[y * image.width() + x] & 0xFF);
            }

            @Override
            public int ofMean(int x, int y) {
                char mean = history.luma()[y * PlanesHistory.even(image.width()) + x];
                return (PlaneMeans.fine(mean) + 32) >> 6;
            }
        };
    }
}
