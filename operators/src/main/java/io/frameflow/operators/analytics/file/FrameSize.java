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
package io.frameflow.operators.analytics.file;

import io.frameflow.yaml.YamlMapping;
import io.frameflow.yaml.YamlType;

/**
 * The size of the picture that coordinates of a file are for: {@code config-width} and {@code
 * config-height}.
 *
 * @param width in pixels, or 1 where coordinates are fractions
 * @param height in pixels, or 1 where coordinates are fractions
 */
record FrameSize(int width, int height) {
    /** Coordinates are fractions of the picture. */
    static final FrameSize FRACTIONS = new FrameSize(1, 1);

    private static final String WIDTH = "config-width";
    private static final String HEIGHT = "config-height";
    private static final int LARGEST_SIDE = 65_536;

    /** Reads both keys of a section, or neither. */
    static FrameSize read(YamlMapping section, FrameSize fallback) {
        boolean hasWidth = section.has(WIDTH);
        boolean hasHeight = section.has(HEIGHT);
        if (hasWidth != hasHeight) {
            section.problem(
                    hasWidth ? HEIGHT : WIDTH,
                    "missing; give both for coordinates in pixels, neither for fractions");
        }
        YamlType<Integer> side = YamlType.integer(2, LARGEST_SIDE);
        Integer width = section.find(WIDTH, side);
        Integer height = section.find(HEIGHT, side);
        return width == null || height == null ? fallback : new FrameSize(width, height);
    }

    boolean isFractions() {
        return equals(FRACTIONS);
    }

    String describe() {
        return isFractions()
                ? "fractions from 0 to 1, or set config-width and config-height for pixels"
                : "pixels from 0 to " + width + " and from 0 to " + height;
    }
}
