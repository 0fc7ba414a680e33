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
package io.frameflow.decode.gpu;

import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.JpegProbe;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;

/** In which layout pictures lie on the card. */
final class PictureLayouts {
    private PictureLayouts() {}

    /** Of a JPEG that nvJPEG decodes: it makes RGB where chroma has an unusual resolution. */
    static PictureLayout of(JpegProbe.Sampling sampling) {
        return switch (sampling) {
            case GRAY -> PictureLayout.GRAY8;
            case FULL -> PictureLayout.YUV444;
            case HALF_WIDTH -> PictureLayout.YUV422;
            case HALF_SIZE -> PictureLayout.YUV420;
            case OTHER -> PictureLayout.RGB8;
        };
    }

    /** Of pixels that come as such. */
    static PictureLayout of(ImageEncoding encoding) {
        return switch (encoding) {
            case RGB8 -> PictureLayout.RGB8;
            case BGR8 -> PictureLayout.BGR8;
            case GRAY8 -> PictureLayout.GRAY8;
            case NV12 -> PictureLayout.NV12;
            case JPEG, PNG -> throw new IllegalArgumentException(encoding + " is not pixels");
        };
    }

    /** Of what the CPU decodes. */
    static PictureLayout of(PixelFormat format) {
        return switch (format) {
            case RGB8 -> PictureLayout.RGB8;
            case BGR8 -> PictureLayout.BGR8;
            case GRAY8 -> PictureLayout.GRAY8;
        };
    }
}
