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
package io.frameflow.engine.tensorrt.calibrate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the range of a tensor follows from the numbers that it held. */
public enum CalibrationAlgorithm {
    /**
     * The range that loses least information about how often each number occurs: TensorRT's entropy
     * calibration 2. It cuts off large numbers that are rare, however much depends on them: up to
     * nine tenths of the range of tensors in networks of ours.
     */
    ENTROPY("EntropyCalibration2"),
    /** All of it. */
    MINMAX("MinMaxCalibration");

    private final String cacheName;

    CalibrationAlgorithm(String cacheName) {
        this.cacheName = cacheName;
    }

    /** The name as users write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The algorithm of that name; empty if there is none. */
    public static Optional<CalibrationAlgorithm> ofLabel(String label) {
        return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
    }

    /** The name in the first line of TensorRT's cache file. */
    String cacheName() {
        return cacheName;
    }
}
