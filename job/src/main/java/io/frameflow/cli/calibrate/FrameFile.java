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
package io.frameflow.cli.calibrate;

import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes frames as picture files: JPEG and PNG unchanged, raw pixels as PNG. */
final class FrameFile implements AutoCloseable {
    private final CpuImageDecoder decoder = new CpuImageDecoder(DecodeLimits.DEFAULT);

    /**
     * Writes one.
     *
     * @param name of the file, without extension
     * @return the file
     */
    Path write(
            Path folder,
            String name,
            ImageEncoding encoding,
            int width,
            int height,
            ByteBuffer image)
            throws IOException {
        if (!encoding.isRaw()) {
            byte[] bytes = new byte[image.remaining()];
            image.duplicate().get(bytes);
            String extension = encoding == ImageEncoding.JPEG ? ".jpg" : ".png";
            return Files.write(folder.resolve(name + extension), bytes);
        }
        Path file = folder.resolve(name + ".png");
        try {
            ImageIO.write(
                    picture(decoder.decode(encoding, width, height, image)), "png", file.toFile());
            return file;
        } catch (FrameflowException e) {
            throw new IOException("a frame cannot be decoded: " + e.getMessage(), e);
        }
    }

    /** Whether a picture is one that inference takes, too. */
    boolean isReadable(ImageEncoding encoding, int width, int height, ByteBuffer image) {
        try {
            decoder.decode(encoding, width, height, image.duplicate());
            return true;
        } catch (FrameflowException e) {
            return false;
        }
    }

    private static BufferedImage picture(DecodedImage image) {
        PixelFormat format = image.format();
        BufferedImage picture =
                new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int at = image.offset() + (y * image.width() + x) * format.channels();
                int red = image.pixels()[at + format.red()] & 0xff;
                int green = image.pixels()[at + format.green()] & 0xff;
                int blue = image.pixels()[at + format.blue()] & 0xff;
                picture.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return picture;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
