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

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files of any kind, right and wrong ones. */
final class PngBuilder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private PngBuilder() {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(0x89504E470D0A1A0AL).array());
    }

    /** A file with a header so far. */
    static PngBuilder of(int width, int height, int bitDepth, int colorType) {
        return empty().header(width, height, bitDepth, colorType, 0);
    }

    /** A file with nothing but its signature so far. */
    static PngBuilder empty() {
        return new PngBuilder();
    }

    PngBuilder header(int width, int height, int bitDepth, int colorType, int interlace) {
        byte[] contents =
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) bitDepth)
                        .put((byte) colorType)
                        .put((byte) 0)
                        .put((byte) 0)
                        .put((byte) interlace)
                        .array();
        return chunk("IHDR", contents);
    }

    /** Picture data: rows with their filter type before each. */
    PngBuilder data(byte[] rows) {
        return chunk("IDAT", deflated(rows));
    }

    PngBuilder chunk(String type, byte[] contents) {
        byte[] typeBytes = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(typeBytes);
        crc.update(contents);
        return raw(contents.length, typeBytes, contents, (int) crc.getValue());
    }

    PngBuilder raw(int length, byte[] type, byte[] contents, int checksum) {
        try {
            var out = new DataOutputStream(bytes);
            out.writeInt(length);
            out.write(type);
            out.write(contents);
            out.writeInt(checksum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    byte[] end() {
        return chunk("IEND", new byte[0]).build();
    }

    byte[] build() {
        return bytes.toByteArray();
    }

    static byte[] deflated(byte[] data) {
        var deflater = new Deflater();
        try {
            deflater.setInput(data);
            deflater.finish();
            var result = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                result.write(buffer, 0, deflater.deflate(buffer));
            }
            return result.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
