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
package io.frameflow.cli.picture;

import io.frameflow.result.ClassMap;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Class maps as PNG files: one byte a pixel, which is the number of its class. */
public final class ClassMapFile {
    private static final int BYTE_VALUES = 256;

    private ClassMapFile() {}

    /** Writes the numbers of the classes as levels of grey. */
    public static void write(ClassMap map, Path file) throws IOException {
        BufferedImage image =
                new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_BYTE_GRAY);
        save(map, image, file);
    }

    /**
     * Writes the same with a palette, so that the classes have colours.
     *
     * @param colors colour of each class as {@code 0xRRGGBB}; classes beyond are black
     */
    public static void writeColored(ClassMap map, List<Integer> colors, Path file)
            throws IOException {
        byte[] red = new byte[BYTE_VALUES];
        byte[] green = new byte[BYTE_VALUES];
        byte[] blue = new byte[BYTE_VALUES];
        for (int classId = 0; classId < Math.min(BYTE_VALUES, colors.size()); classId++) {
            red[classId] = (byte) (colors.get(classId) >> 16);
            green[classId] = (byte) (colors.get(classId) >> 8);
            blue[classId] = (byte) (int) colors.get(classId);
        }
        IndexColorModel palette = new IndexColorModel(8, BYTE_VALUES, red, green, blue);
        BufferedImage image =
                new BufferedImage(
                        map.width(), map.height(), BufferedImage.TYPE_BYTE_INDEXED, palette);
        save(map, image, file);
    }

    private static void save(ClassMap map, BufferedImage image, Path file) throws IOException {
        byte[] classIds = map.classIds();
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(classIds, 0, pixels, 0, classIds.length);
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("cannot write " + file);
        }
    }

    /**
     * Reads a map: a PNG of eight bits a pixel, grey or with a palette.
     *
     * @throws IOException if the file is not there, or is no such picture
     */
    public static ClassMap read(Path file) throws IOException {
        BufferedImage image;
        try (var in = Files.newInputStream(file)) {
            image = ImageIO.read(in);
        }
        if (image == null
                || image.getRaster().getNumBands() != 1
                || image.getSampleModel().getSampleSize(0) > Byte.SIZE) {
            throw new IOException(
                    file + " is no class map: expected a PNG of one byte a pixel, grey or palette");
        }
        Raster raster = image.getRaster();
        int[] samples =
                raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
        byte[] classIds = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            classIds[i] = (byte) samples[i];
        }
        return ClassMap.of(image.getWidth(), image.getHeight(), classIds);
    }
}
