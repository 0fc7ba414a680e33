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
package io.frameflow.cli.publish;

import io.frameflow.cli.video.PictureCompressor;
import io.frameflow.cli.video.VideoFrame;
import io.frameflow.image.ImageEncoding;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Encodes decoded pictures in the format wanted. Not thread-safe. */
final class PictureEncoder implements AutoCloseable {
    private final ImageEncoding encoding;
    private final @Nullable PictureCompressor compressor;

    PictureEncoder(PictureFormat format) {
        this.encoding = format.encodingOrJpeg();
        this.compressor =
                switch (encoding) {
                    case JPEG -> PictureCompressor.jpeg(format.quality());
                    case PNG -> PictureCompressor.png();
                    case BGR8, RGB8, GRAY8, NV12 -> null;
                };
    }

    /**
     * Encodes a picture.
     *
     * @param frame in the layout of {@link PictureFormat#pixelLayout()}
     */
    Picture encode(VideoFrame frame) throws IOException {
        byte[] bytes = compressor == null ? frame.pixels() : compressor.compress(frame);
        return new Picture(encoding, frame.width(), frame.height(), bytes, frame.mediaTimeMicros());
    }

    @Override
    public void close() {
        if (compressor != null) {
            compressor.close();
        }
    }
}
