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
package io.frameflow.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures like those of a camera: shapes, gradients, and the noise of a sensor. */
public final class CameraPicture {
    private static final float QUALITY = 0.9f;

    private CameraPicture() {}

    /** A JPEG file with chroma at half width and height: 300 kB for 720p, 590 kB for 1080p. */
    public static byte[] jpeg(int width, int height) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(picture(width, height), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage picture(int width, int height) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        for (int shape = 0; shape < 60; shape++) {
            graphics.setColor(Color.getHSBColor(shape * 0.618f, 0.6f, 0.3f + shape % 7 * 0.1f));
            int x = shape * 7919 % width;
            int y = shape * 104729 % height;
            graphics.fillOval(x, y, width / 8, height / 6);
            graphics.drawLine(y, x, width - x, y);
        }
        graphics.dispose();
        addNoise(picture);
        return picture;
    }

    private static void addNoise(BufferedImage picture) {
        int width = picture.getWidth();
        byte[] noise = NoisePixels.of(width * picture.getHeight());
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                int level = noise[y * width + x] & 0x0F;
                int light = x * 60 / width + level;
                picture.setRGB(x, y, (picture.getRGB(x, y) & 0xBFBFBF) + light * 0x010101);
            }
        }
    }
}
