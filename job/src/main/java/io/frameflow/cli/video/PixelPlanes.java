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
package io.frameflow.cli.video;

import io.frameflow.image.ImageEncoding;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.global.avutil;

/** The raw encodings as FFmpeg names them and lays them out. */
final class PixelPlanes {
    private PixelPlanes() {}

    /** FFmpeg's pixel format for a raw encoding. */
    static int pixelFormat(ImageEncoding layout) {
        return switch (layout) {
            case BGR8 -> avutil.AV_PIX_FMT_BGR24;
            case RGB8 -> avutil.AV_PIX_FMT_RGB24;
            case GRAY8 -> avutil.AV_PIX_FMT_GRAY8;
            case NV12 -> avutil.AV_PIX_FMT_NV12;
            case JPEG, PNG -> throw new IllegalArgumentException(layout + " is no pixel layout");
        };
    }

    /**
     * Takes the pixels out of a buffer whose rows are padded.
     *
     * @param padded all planes one after the other, each row {@code stride} bytes
     */
    static byte[] withoutPadding(
            ImageEncoding layout, int width, int height, ByteBuffer padded, int stride) {
        int rowBytes =
                switch (layout) {
                    case BGR8, RGB8 -> Math.multiplyExact(3, width);
                    default -> width;
                };
        int rows = layout == ImageEncoding.NV12 ? height + height / 2 : height;
        byte[] pixels = new byte[Math.multiplyExact(rowBytes, rows)];
        for (int row = 0; row < rows; row++) {
            padded.get(row * stride, pixels, row * rowBytes, rowBytes);
        }
        return pixels;
    }
}
