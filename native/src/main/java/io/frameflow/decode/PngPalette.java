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

import io.frameflow.failure.FailureCode;

/** The palette of a PNG file: red, green and blue of each entry. */
final class PngPalette {
    static final int ENTRY_LENGTH = 3;
    static final int MAX_ENTRIES = 256;

    private final byte[] entries;

    /** Takes over the contents of a palette chunk. */
    PngPalette(byte[] entries) {
        this.entries = entries;
    }

    /**
     * Replaces indices by colours, from the back since colours take more room. ImageIO has scaled
     * the indices to 8 bits like any sample, which can be taken back: 255 is a multiple of every
     * largest index.
     *
     * @param pixels one byte a pixel going in, three coming out
     * @param count pixels of the picture
     * @param bitDepth bits that an index has in the file
     */
    void apply(byte[] pixels, int count, int bitDepth) {
        int scale = 255 / ((1 << bitDepth) - 1);
        for (int pixel = count - 1; pixel >= 0; pixel--) {
            int entry = ENTRY_LENGTH * ((pixels[pixel] & 0xFF) / scale);
            if (entry >= entries.length) {
                throw BadImage.of(
                        FailureCode.CORRUPT_IMAGE,
                        "pixel %d of the PNG picture has colour %d of a palette of %d",
                        pixel,
                        entry / ENTRY_LENGTH,
                        entries.length / ENTRY_LENGTH);
            }
            System.arraycopy(entries, entry, pixels, ENTRY_LENGTH * pixel, ENTRY_LENGTH);
        }
    }
}
