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
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import java.nio.ByteBuffer;

/**
 * Decodes on the calling thread. Keeps its memory from picture to picture: for each kind of
 * encoding a copy of the largest file and the pixels of the largest picture so far, which the
 * limits bound.
 */
public final class CpuImageDecoder implements ImageDecoder {
    private final DecodeLimits limits;
    private final JpegDecoder jpeg = new JpegDecoder();
    private final PngDecoder png = new PngDecoder();
    private final RawDecoder raw = new RawDecoder();

    /**
     * A decoder with limits.
     *
     * @throws io.frameflow.failure.FrameflowException if this Java cannot decode pictures
     */
    public CpuImageDecoder(DecodeLimits limits) {
        this.limits = limits;
    }

    @Override
    public DecodedImage decode(
            ImageEncoding encoding, int declaredWidth, int declaredHeight, ByteBuffer image) {
        if (!image.hasRemaining()) {
            throw BadImage.of(FailureCode.EMPTY_IMAGE, "the picture has no bytes");
        }
        SizeRules size = new SizeRules(limits, declaredWidth, declaredHeight);
        return switch (encoding) {
            case JPEG -> jpeg.decode(image, size);
            case PNG -> png.decode(image, size);
            case BGR8, RGB8, GRAY8, NV12 -> raw.decode(encoding, image, size);
        };
    }

    @Override
    public void close() {
        jpeg.close();
        png.close();
    }
}
