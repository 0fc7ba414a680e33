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

import static io.frameflow.failure.FailureCode.CORRUPT_IMAGE;
import static io.frameflow.failure.FailureCode.INVALID_IMAGE_HEADER;
import static io.frameflow.failure.FailureCode.NOT_THE_ENCODING;
import static io.frameflow.failure.FailureCode.TRUNCATED_IMAGE;
import static io.frameflow.failure.FailureCode.UNSUPPORTED_IMAGE;

import io.frameflow.failure.FrameflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reduces a PNG file to what its pixels need, and checks its structure and its checksums on the
 * way: ImageIO checks none, and would unpack compressed comments of any size.
 *
 * <p>Of the chunks only header, palette, picture data and end are kept. Transparency is not applied
 * and colour profiles are not either, so that their chunks never reach the decoder.
 */
final class PngStream {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;

    /** Set in the types of chunks that a decoder may ignore. */
    private static final int ANCILLARY = 0x20000000;

    private static final int CRC_LENGTH = 4;

    private final ScratchBytes scratch = new ScratchBytes();
    private final CRC32 checksum = new CRC32();
    private byte[] bytes = {};
    private ByteBuffer input = ByteBuffer.wrap(bytes);
    private int written;
    private @Nullable PngHeader header;
    private @Nullable PngPalette palette;
    private boolean hasData;

    /**
     * Reads a file.
     *
     * @return what is left of it; valid until the next call
     * @throws FrameflowException if it is not a picture that can be decoded
     */
    StrippedPng read(ByteBuffer image, SizeRules size) {
        copyIn(image);
        if (input.remaining() < Long.BYTES || input.getLong() != SIGNATURE) {
            throw BadImage.of(NOT_THE_ENCODING, "the picture does not begin as a PNG file does");
        }
        written = input.position();
        int type;
        do {
            type = readChunk(size);
        } while (type != IEND);
        if (header == null || !hasData) {
            throw BadImage.of(CORRUPT_IMAGE, "the PNG file has no picture data");
        }
        boolean indexed = header.colorType() == PngHeader.ColorType.PALETTE;
        if (indexed && palette == null) {
            throw BadImage.of(CORRUPT_IMAGE, "the PNG file has no palette");
        }
        return new StrippedPng(
                header, indexed ? palette : null, new ByteArrayImageInputStream(bytes, 0, written));
    }

    private void copyIn(ByteBuffer image) {
        bytes = scratch.atLeast(image.remaining());
        image.get(image.position(), bytes, 0, image.remaining());
        input = ByteBuffer.wrap(bytes, 0, image.remaining());
        header = null;
        palette = null;
        hasData = false;
    }

    private int readChunk(SizeRules size) {
        int start = input.position();
        require(2 * Integer.BYTES);
        int length = input.getInt();
        int type = input.getInt();
        if (length < 0) {
            throw BadImage.of(
                    header == null ? INVALID_IMAGE_HEADER : CORRUPT_IMAGE,
                    "a chunk of the PNG file has length %d",
                    length);
        }
        require((long) length + CRC_LENGTH);
        int contents = input.position();
        int end = contents + length + CRC_LENGTH;
        if ((type & ANCILLARY) == 0) {
            checkChecksum(contents, length);
            readCriticalChunk(type, contents, length, size);
            System.arraycopy(bytes, start, bytes, written, end - start);
            written += end - start;
        }
        input.position(end);
        return type;
    }

    private void checkChecksum(int contents, int length) {
        checksum.reset();
        checksum.update(bytes, contents - Integer.BYTES, length + Integer.BYTES);
        if ((int) checksum.getValue() != input.getInt(contents + length)) {
            throw BadImage.of(
                    header == null ? INVALID_IMAGE_HEADER : CORRUPT_IMAGE,
                    "the checksum of the PNG chunk at byte %d is wrong",
                    contents - 2 * Integer.BYTES);
        }
    }

    private void readCriticalChunk(int type, int contents, int length, SizeRules size) {
        if ((type == IHDR) != (header == null)) {
            throw BadImage.of(
                    INVALID_IMAGE_HEADER, "the PNG file must have one header, at its beginning");
        }
        switch (type) {
            case IHDR -> readHeader(length, size);
            case PLTE -> readPalette(contents, length);
            case IDAT -> hasData = true;
            case IEND -> {}
            default ->
                    throw BadImage.of(
                            UNSUPPORTED_IMAGE,
                            "the PNG file has a critical chunk of unknown type %08X",
                            type);
        }
    }

    private void readHeader(int length, SizeRules size) {
        if (length != PngHeader.LENGTH) {
            throw BadImage.of(INVALID_IMAGE_HEADER, "the PNG header has %d bytes", length);
        }
        header = PngHeader.read(input, size);
    }

    private void readPalette(int contents, int length) {
        if (palette != null
                || hasData
                || length == 0
                || length % PngPalette.ENTRY_LENGTH != 0
                || length > PngPalette.MAX_ENTRIES * PngPalette.ENTRY_LENGTH) {
            throw BadImage.of(CORRUPT_IMAGE, "the PNG palette is malformed or misplaced");
        }
        byte[] entries = new byte[length];
        input.get(contents, entries);
        palette = new PngPalette(entries);
    }

    private void require(long count) {
        if (count > input.remaining()) {
            throw BadImage.of(
                    TRUNCATED_IMAGE,
                    "the PNG file stops after %d bytes without an end chunk",
                    input.limit());
        }
    }

    /**
     * What is left of a file.
     *
     * @param header the picture's header
     * @param palette the colours of a picture whose pixels are indices, null for others
     * @param stream holds nothing but the picture
     */
    record StrippedPng(
            PngHeader header, @Nullable PngPalette palette, ByteArrayImageInputStream stream) {}
}
