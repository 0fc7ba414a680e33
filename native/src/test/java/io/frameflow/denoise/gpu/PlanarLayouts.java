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
package io.frameflow.denoise.gpu;

import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.denoise.ChromaSampling;
import io.frameflow.denoise.PlanarImage;

/** Pictures in planes as the card has them, and as the twin of the kernel takes them. */
public final class PlanarLayouts {
    private PlanarLayouts() {}

    /** How much of chroma a picture has. */
    static ChromaSampling sampling(PictureLayout layout) {
        return switch (layout) {
            case NV12, YUV420 -> ChromaSampling.HALF;
            case YUV422 -> ChromaSampling.HALF_COLUMNS;
            case YUV444 -> ChromaSampling.WHOLE;
            default -> ChromaSampling.NONE;
        };
    }

    /**
     * The planes of a picture.
     *
     * @param bytes the picture as {@link PictureLayout} says
     * @param pitch bytes from one row of luma to the next
     */
    public static PlanarImage planes(
            PictureLayout layout, byte[] bytes, int pitch, int width, int height) {
        ChromaSampling sampling = sampling(layout);
        int columns = sampling.columns(width);
        int rows = sampling.rows(height);
        boolean interleaved = layout == PictureLayout.NV12;
        int chromaPitch = interleaved ? pitch : layout.chromaPitch(pitch);
        int step = interleaved ? 2 : 1;
        int cbAt = pitch * height;
        int crAt = interleaved ? cbAt + 1 : cbAt + chromaPitch * rows;
        return new PlanarImage(
                width,
                height,
                sampling,
                plane(bytes, 0, pitch, 1, width, height),
                plane(bytes, cbAt, chromaPitch, step, columns, rows),
                plane(bytes, crAt, chromaPitch, step, columns, rows));
    }

    private static byte[] plane(
            byte[] bytes, int first, int pitch, int step, int columns, int rows) {
        byte[] plane = new byte[columns * rows];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = bytes[first + i / columns * pitch + i % columns * step];
        }
        return plane;
    }

    /** A picture of luma alone or NV12, rows without padding. */
    public static byte[] bytes(PlanarImage image) {
        int luma = image.luma().length;
        byte[] bytes = new byte[luma + 2 * image.cb().length];
        System.arraycopy(image.luma(), 0, bytes, 0, luma);
        for (int i = 0; i < image.cb().length; i++) {
            bytes[luma + 2 * i] = image.cb()[i];
            bytes[luma + 2 * i + 1] = image.cr()[i];
        }
        return bytes;
    }
}
