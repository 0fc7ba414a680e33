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
 * Settings as the filter and the kernels take them, before the noise of a picture is known.
 *
 * @param newestWeight share of the newest frame in the mean of a still pixel, 1 to 256 in 256ths
 * @param motionThreshold how large differences must be to count as motion, in 256ths of the usual
 * @param mostNoise standard deviation of noise in luma at most, in 16ths of a {@link Luma} unit
 * @param spatialRange difference at which a neighbour no longer counts, in 16ths of the standard
 *     deviation of noise in a channel, as the sum of three channels
 * @param spatialShare share of the spatially filtered picture where there is motion, 0 to 256 in
 *     256ths
 */
public record FilterTuning(
        int newestWeight, int motionThreshold, int mostNoise, int spatialRange, int spatialShare) {
    private static final int WHOLE = 256;
    private static final int LEAST_SPATIAL_RANGE = 16;
    private static final int GREATEST_SPATIAL_RANGE = 288;

    /** What the settings mean. */
    public static FilterTuning of(DenoiseSettings settings) {
        float strength = settings.strength();
        float frames = 1 + strength * (settings.preset().frames() - 1);
        int range = Math.round(GREATEST_SPATIAL_RANGE * strength);
        return new FilterTuning(
                Math.round(WHOLE / frames),
                settings.preset().motionThreshold(),
                // Three independent channels, the second one twice: the square root of 6.
                (int) (settings.preset().mostNoise() * 16 * Math.sqrt(6)),
                Math.max(LEAST_SPATIAL_RANGE, range),
                Math.min(WHOLE, Math.round(2 * WHOLE * strength)));
    }
}
