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
package io.frameflow.decode;

import static io.frameflow.failure.FailureCode.INVALID_IMAGE_HEADER;
import static io.frameflow.failure.FailureCode.UNSUPPORTED_IMAGE;

/**
 * The frame header of a JPEG file (ITU-T T.81, B.2.2), of a picture that can be decoded.
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param components 1 for gray, 3 for colour
 * @param namedRgb whether the components are called {@code R}, {@code G} and {@code B}
 */
record JpegFrameHeader(int width, int height, int components, boolean namedRgb) {
    private static final int FIXED_LENGTH = 8;
    private static final int COMPONENT_LENGTH = 3;
    private static final int MAX_SAMPLING_FACTOR = 4;

    /**
     * Reads and checks the header.
     *
     * @param offset index of the segment's length
     * @param length the segment's length, with the two bytes that hold it
     */
    static JpegFrameHeader read(byte[] bytes, int offset, int length, SizeRules size) {
        int components = length < FIXED_LENGTH ? 0 : bytes[offset + 7] & 0xFF;
        if (components == 0 || length != FIXED_LENGTH + COMPONENT_LENGTH * components) {
            throw BadImage.of(INVALID_IMAGE_HEADER, "the JPEG frame header is malformed");
        }
        int height = (bytes[offset + 3] & 0xFF) << 8 | (bytes[offset + 4] & 0xFF);
        int width = (bytes[offset + 5] & 0xFF) << 8 | (bytes[offset + 6] & 0xFF);
        size.checkHeader(width, height);
        checkSupported(bytes[offset + 2] & 0xFF, components);
        int first = offset + FIXED_LENGTH;
        for (int component = 0; component < components; component++) {
            checkSampling(component, bytes[first + COMPONENT_LENGTH * component + 1] & 0xFF);
        }
        return new JpegFrameHeader(
                width, height, components, components == 3 && isNamedRgb(bytes, first));
    }

    private static void checkSupported(int precision, int components) {
        if (precision != 8) {
            throw BadImage.of(
                    UNSUPPORTED_IMAGE, "the JPEG picture has %d bits a sample, not 8", precision);
        }
        if (components != 1 && components != 3) {
            throw BadImage.of(
                    UNSUPPORTED_IMAGE,
                    "the JPEG picture has %d components%s; 1 (gray) and 3 (colour) are supported",
                    components,
                    components == 4 ? " (CMYK)" : "");
        }
    }

    private static void checkSampling(int component, int factors) {
        int horizontal = factors >> 4;
        int vertical = factors & 0xF;
        if (Math.min(horizontal, vertical) < 1
                || Math.max(horizontal, vertical) > MAX_SAMPLING_FACTOR) {
            throw BadImage.of(
                    INVALID_IMAGE_HEADER,
                    "component %d of the JPEG picture has sampling factors %d x %d",
                    component,
                    horizontal,
                    vertical);
        }
    }

    private static boolean isNamedRgb(byte[] bytes, int first) {
        return bytes[first] == 'R'
                && bytes[first + COMPONENT_LENGTH] == 'G'
                && bytes[first + 2 * COMPONENT_LENGTH] == 'B';
    }
}
