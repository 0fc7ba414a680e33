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
package io.frameflow.job.testing;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures of noise, and ways to spoil them. */
public final class TestPictures {
    private static final int START_OF_FRAME = 0xC0;
    private static final int RESTART = 0xD5;
    private static final int START_OF_SCAN = 0xDA;
    private static final int PNG_HEADER = 8;

    private TestPictures() {}

    /** A JPEG file. */
    public static byte[] jpeg(int width, int height) {
        return encode(noise(width, height), "jpg");
    }

    /** A PNG file. */
    public static byte[] png(int width, int height) {
        return encode(noise(width, height), "png");
    }

    /** A JPEG file with four colour components. */
    public static byte[] cmykJpeg(int width, int height) {
        WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(new IIOImage(raster, null, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The JPEG file with another size in its frame header. */
    public static byte[] withJpegSize(byte[] jpeg, int width, int height) {
        byte[] changed = jpeg.clone();
        ByteBuffer.wrap(changed)
                .putShort(segment(jpeg, START_OF_FRAME) + 5, (short) height)
                .putShort(segment(jpeg, START_OF_FRAME) + 7, (short) width);
        return changed;
    }

    /** The JPEG file with a restart marker in its pixel data, where none is announced. */
    public static byte[] withDamagedScan(byte[] jpeg) {
        byte[] changed = jpeg.clone();
        int middle = (segment(jpeg, START_OF_SCAN) + jpeg.length) / 2;
        changed[middle] = (byte) 0xFF;
        changed[middle + 1] = (byte) RESTART;
        return changed;
    }

    /** The JPEG file with a frame header that says it is shorter than it is. */
    public static byte[] withDamagedHeader(byte[] jpeg) {
        byte[] changed = jpeg.clone();
        ByteBuffer.wrap(changed).putShort(segment(jpeg, START_OF_FRAME) + 2, (short) 8);
        return changed;
    }

    /** The PNG file with another size in its header, whose checksum is right. */
    public static byte[] withPngSize(byte[] png, int width, int height) {
        byte[] changed = png.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed);
        buffer.putInt(PNG_HEADER + 8, width).putInt(PNG_HEADER + 12, height);
        CRC32 checksum = new CRC32();
        checksum.update(changed, PNG_HEADER + 4, 17);
        buffer.putInt(PNG_HEADER + 21, (int) checksum.getValue());
        return changed;
    }

    /** The bytes with one bit turned in their middle. */
    public static byte[] withTurnedBit(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[bytes.length / 2] ^= 0x10;
        return changed;
    }

    /** The first half. */
    public static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    /** Bytes without meaning, the same for each call. */
    public static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(7);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    private static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalStateException("nothing writes " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Where a segment of a JPEG file's head begins, with its marker. */
    private static int segment(byte[] jpeg, int marker) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != marker) {
            at += 2 + (ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xFFFF);
        }
        return at;
    }
}
