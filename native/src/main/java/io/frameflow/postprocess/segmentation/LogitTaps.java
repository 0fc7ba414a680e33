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
package io.frameflow.postprocess.segmentation;

import io.frameflow.geometry.Letterbox;

/**
 * For each pixel of the frame along one axis, the two neighbouring cells of the logits and how far
 * it lies between their centres:
 *
 * <pre>
 * input    = (pixel + 0.5) * (resizedSize / sourceSize) + padding
 * position = (float) (input * (cells / inputSize) - 0.5)
 * index    = floor(position), fraction = position - index
 * </pre>
 *
 * Neighbours that lie in the padding are the outermost cell that the frame reaches into.
 */
final class LogitTaps {
    private final int[] first;
    private final int[] second;
    private final float[] fractions;

    private LogitTaps(int sourceSize, int resizedSize, int padding, int inputSize, int cells) {
        first = new int[sourceSize];
        second = new int[sourceSize];
        fractions = new float[sourceSize];
        double toInput = (double) resizedSize / sourceSize;
        double toCells = (double) cells / inputSize;
        int least = (int) ((long) padding * cells / inputSize);
        int most = (int) (((long) (padding + resizedSize) * cells + inputSize - 1) / inputSize) - 1;
        for (int pixel = 0; pixel < sourceSize; pixel++) {
            double input = (pixel + 0.5) * toInput + padding;
            float position = (float) (input * toCells - 0.5);
            int index = (int) Math.floor(position);
            first[pixel] = Math.max(least, Math.min(most, index));
            second[pixel] = Math.max(least, Math.min(most, index + 1));
            fractions[pixel] = position - index;
        }
    }

    static LogitTaps columns(Letterbox letterbox, int cells) {
        return new LogitTaps(
                letterbox.sourceWidth(),
                letterbox.resizedWidth(),
                letterbox.padLeft(),
                letterbox.inputWidth(),
                cells);
    }

    static LogitTaps rows(Letterbox letterbox, int cells) {
        return new LogitTaps(
                letterbox.sourceHeight(),
                letterbox.resizedHeight(),
                letterbox.padTop(),
                letterbox.inputHeight(),
                cells);
    }

    int first(int pixel) {
        return first[pixel];
    }

    int second(int pixel) {
        return second[pixel];
    }

    float fraction(int pixel) {
        return fractions[pixel];
    }
}
