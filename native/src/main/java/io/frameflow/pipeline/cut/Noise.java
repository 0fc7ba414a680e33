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
package io.frameflow.pipeline.cut;

import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/** The same pictures of noise every time, as a network's input. */
final class Noise {
    private static final long SEED = 20260701;
    private static final int LEVELS = 256;

    private Noise() {}

    /** Fills the input of some images, each with other noise. */
    static void fill(FloatBuffer input, int images, InputSpec spec) {
        SplittableRandom random = new SplittableRandom(SEED);
        Normalization normalization = spec.normalization();
        int pixels = spec.width() * spec.height();
        for (int i = 0; i < images * Normalization.CHANNELS * pixels; i++) {
            int channel = i / pixels % Normalization.CHANNELS;
            input.put(i, normalization.apply(channel, random.nextInt(LEVELS)));
        }
    }
}
