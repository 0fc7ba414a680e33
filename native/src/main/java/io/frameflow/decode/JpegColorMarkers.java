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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The markers that say whether three components are YCbCr or RGB, by the rules of libjpeg's {@code
 * default_decompress_parms}: a JFIF marker means YCbCr, else an Adobe marker says it, else
 * components named {@code R}, {@code G} and {@code B} are RGB, and all others YCbCr.
 */
final class JpegColorMarkers {
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final int ADOBE_LENGTH = 12;
    private static final int ADOBE_TRANSFORM = 11;

    private boolean jfif;
    private boolean adobe;
    private boolean adobeRgb;

    /** Forgets the last file. */
    void clear() {
        jfif = false;
        adobe = false;
        adobeRgb = false;
    }

    /** Takes note of an application segment, whose contents are given. */
    void read(int marker, byte[] bytes, int offset, int length) {
        if (marker == JpegMarker.APP0 && startsWith(JFIF, bytes, offset, length)) {
            jfif = true;
        } else if (marker == JpegMarker.APP14
                && length >= ADOBE_LENGTH
                && startsWith(ADOBE, bytes, offset, length)) {
            adobe = true;
            adobeRgb = bytes[offset + ADOBE_TRANSFORM] == 0;
        }
    }

    private static boolean startsWith(byte[] prefix, byte[] bytes, int offset, int length) {
        return length >= prefix.length
                && Arrays.equals(prefix, 0, prefix.length, bytes, offset, offset + prefix.length);
    }

    /** Whether the components of the picture are red, green and blue. */
    boolean isRgb(JpegFrameHeader header) {
        if (jfif) {
            return false;
        }
        return adobe ? adobeRgb : header.namedRgb();
    }
}
