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
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Compresses decoded pictures to JPEG or PNG files. Not thread-safe: it keeps a writer. */
public final class PictureCompressor implements AutoCloseable {
    private final ImageWriter writer;
    private final ImageWriteParam parameters;

    private PictureCompressor(ImageWriter writer) {
        this.writer = writer;
        this.parameters = writer.getDefaultWriteParam();
    }

    /**
     * Compresses to JPEG.
     *
     * @param quality 1 to 100, as libjpeg counts it
     */
    public static PictureCompressor jpeg(int quality) {
        PictureCompressor compressor = new PictureCompressor(writer("jpeg"));
        compressor.parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        compressor.parameters.setCompressionQuality(quality / 100f);
        return compressor;
    }

    /** Compresses to PNG. */
    public static PictureCompressor png() {
        return new PictureCompressor(writer("png"));
    }

    private static ImageWriter writer(String format) {
        return ImageIO.getImageWritersByFormatName(format).next();
    }

    /**
     * Compresses a picture.
     *
     * @param frame BGR8 pixels
     * @return a complete file
     */
    public byte[] compress(VideoFrame frame) throws IOException {
        if (frame.layout() != ImageEncoding.BGR8) {
            throw new IllegalArgumentException("needs BGR8 pixels, not " + frame.layout());
        }
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
