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

import io.frameflow.cli.video.VideoFrame;
import io.frameflow.image.ImageEncoding;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes decoded pictures in the format wanted. Not thread-safe: it keeps a writer. */
final class PictureEncoder implements AutoCloseable {
    private final PictureFormat format;
    private final ImageWriter writer;
    private final ImageWriteParam parameters;

    PictureEncoder(PictureFormat format) {
        this.format = format;
        boolean png = format.encodingOrJpeg() == ImageEncoding.PNG;
        this.writer = ImageIO.getImageWritersByFormatName(png ? "png" : "jpeg").next();
        this.parameters = writer.getDefaultWriteParam();
        if (!png) {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(format.quality() / 100f);
        }
    }

    /**
     * Encodes a picture.
     *
     * @param frame in the layout of {@link PictureFormat#pixelLayout()}
     */
    Picture encode(VideoFrame frame) throws IOException {
        ImageEncoding encoding = format.encodingOrJpeg();
        byte[] bytes = encoding.isRaw() ? frame.pixels() : compress(frame);
        return new Picture(encoding, frame.width(), frame.height(), bytes, frame.mediaTimeMicros());
    }

    private byte[] compress(VideoFrame frame) throws IOException {
        BufferedImage image =
                new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(frame.pixels(), 0, target, 0, target.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(target.length / 8);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        writer.dispose();
    }
}
