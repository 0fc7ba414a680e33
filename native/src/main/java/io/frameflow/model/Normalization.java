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
package io.frameflow.model;

import java.util.List;

/**
 * How a pixel becomes a number for the network: {@code scale * (pixel - offset) / deviation}, with
 * the pixel from 0 to 255 and the channels in the network's order.
 *
 * @param scale factor for all channels; nvinfer's {@code net-scale-factor}
 * @param offsets subtracted from each channel, in pixel values; nvinfer's {@code offsets}
 * @param deviations divides each channel, in pixel values; never 0
 */
public record Normalization(double scale, List<Double> offsets, List<Double> deviations) {
    /** Colour channels; every network here has three. */
    public static final int CHANNELS = 3;

    private static final List<Double> ZEROS = List.of(0.0, 0.0, 0.0);
    private static final List<Double> ONES = List.of(1.0, 1.0, 1.0);

    /** Pixels divided by 255, so that they lie between 0 and 1. */
    public static final Normalization UNIT = new Normalization(1.0 / 255, ZEROS, ONES);

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a list has another length than {@link #CHANNELS}, a
     *     number is not finite, or the scale or a deviation is 0
     */
    public Normalization {
        offsets = List.copyOf(offsets);
        deviations = List.copyOf(deviations);
        if (offsets.size() != CHANNELS || deviations.size() != CHANNELS) {
            throw new IllegalArgumentException("offsets and deviations need one number a channel");
        }
        boolean finite =
                Double.isFinite(scale)
                        && offsets.stream().allMatch(Double::isFinite)
                        && deviations.stream().allMatch(Double::isFinite);
        if (!finite || scale == 0 || deviations.contains(0.0)) {
            throw new IllegalArgumentException(
                    "normalisation must be finite, and neither scale nor deviation 0: "
                            + scale
                            + ", "
                            + offsets
                            + ", "
                            + deviations);
        }
    }

    /**
     * The number that the network gets for a pixel.
     *
     * @param channel 0 to 2 in the network's order
     * @param pixel value of the channel, 0 to 255; between whole numbers after interpolation
     */
    public float apply(int channel, double pixel) {
        return (float) (scale * (pixel - offsets.get(channel)) / deviations.get(channel));
    }
}
