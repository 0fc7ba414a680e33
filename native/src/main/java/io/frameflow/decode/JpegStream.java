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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reduces a JPEG file to what its pixels need, and checks its structure on the way.
 *
 * <p>Of the segments of ITU-T T.81 only the tables, the frame header and the scans are kept.
 * Everything else (thumbnails, EXIF, colour profiles, comments, whatever follows the end of the
 * picture) never reaches the decoder. The colour space is stated in a marker of our own: without
 * one, ImageIO takes some pictures for RGB that every other decoder takes for YCbCr.
 */
final class JpegStream {
    /**
     * Most scans of a picture. Encoders write about 10; every scan costs a pass over the whole
     * picture, and takes only a few bytes of the file.
     */
    static final int MAX_SCANS = 64;

    private static final byte FF = (byte) 0xFF;
    private static final byte[] START_OF_YCBCR = {
        FF,
        (byte) JpegMarker.SOI,
        FF,
        (byte) JpegMarker.APP0,
        0,
        16,
        'J',
        'F',
        'I',
        'F',
        0,
        1,
        1,
        0,
        0,
        1,
        0,
        1,
        0,
        0
    };
    private static final byte[] START_OF_RGB = {
        FF,
        (byte) JpegMarker.SOI,
        FF,
        (byte) JpegMarker.APP14,
        0,
        14,
        'A',
        'd',
        'o',
        'b',
        'e',
        0,
        100,
        0,
        0,
        0,
        0,
        0
    };

    /** Room before the file for a start of our own. */
    private static final int HEADROOM = START_OF_YCBCR.length;

    private final ScratchBytes scratch = new ScratchBytes();
    private final JpegColorMarkers colorMarkers = new JpegColorMarkers();
    private byte[] bytes = {};
    private int inputEnd;
    private int position;
    private int written;
    private int scans;
    private boolean hasHuffmanTables;
    private @Nullable JpegFrameHeader header;

    /**
     * Reads a file.
     *
     * @return what is left of it; valid until the next call
     * @throws FrameflowException if it is not a picture that can be decoded
     */
    StrippedJpeg read(ByteBuffer image, SizeRules size) {
        copyIn(image);
        if (image.remaining() < 2
                || unsigned(HEADROOM) != 0xFF
                || unsigned(HEADROOM + 1) != JpegMarker.SOI) {
            throw BadImage.of(
                    NOT_THE_ENCODING, "the picture does not begin as a JPEG file does (FF D8)");
        }
        position = HEADROOM + 2;
        int marker = nextMarker();
        while (marker != JpegMarker.EOI) {
            if (!JpegMarker.standsAlone(marker)) {
                readSegment(marker, size);
            }
            marker = nextMarker();
        }
        if (header == null || scans == 0) {
            throw BadImage.of(CORRUPT_IMAGE, "the JPEG file has no picture data");
        }
        return finish(header);
    }

    private void copyIn(ByteBuffer image) {
        inputEnd = HEADROOM + image.remaining();
        bytes = scratch.atLeast(inputEnd);
        image.get(image.position(), bytes, HEADROOM, image.remaining());
        written = HEADROOM;
        scans = 0;
        hasHuffmanTables = false;
        header = null;
        colorMarkers.clear();
    }

    private StrippedJpeg finish(JpegFrameHeader frameHeader) {
        bytes[written++] = FF;
        bytes[written++] = (byte) JpegMarker.EOI;
        byte[] mark = colorMarkers.isRgb(frameHeader) ? START_OF_RGB : START_OF_YCBCR;
        int start = HEADROOM - mark.length;
        System.arraycopy(mark, 0, bytes, start, mark.length);
        return new StrippedJpeg(
                frameHeader, new ByteArrayImageInputStream(bytes, start, written - start));
    }

    /** Steps over the marker at the position and any fill bytes before it. */
    private int nextMarker() {
        require(2);
        if (bytes[position] != FF) {
            throw BadImage.of(
                    damagedCode(),
                    "the JPEG file has %02X where a marker is due, at byte %d",
                    unsigned(position),
                    position - HEADROOM);
        }
        while (bytes[position] == FF) {
            position++;
            require(1);
        }
        return unsigned(position++);
    }

    private void readSegment(int marker, SizeRules size) {
        int length = segmentLength(marker);
        switch (marker) {
            case JpegMarker.DQT, JpegMarker.DRI -> keepSegment(marker, length);
            case JpegMarker.DHT -> {
                hasHuffmanTables = true;
                keepSegment(marker, length);
            }
            case JpegMarker.SOF0_BASELINE,
                    JpegMarker.SOF1_EXTENDED,
                    JpegMarker.SOF2_PROGRESSIVE -> {
                readFrameHeader(length, size);
                keepSegment(marker, length);
            }
            case JpegMarker.SOS -> {
                checkScan();
                keepSegment(marker, length);
                keepEntropyCodedData();
            }
            default -> dropSegment(marker, length);
        }
    }

    private int segmentLength(int marker) {
        require(2);
        int length = unsigned(position) << 8 | unsigned(position + 1);
        if (length < 2) {
            throw BadImage.of(
                    damagedCode(), "segment %02X of the JPEG file has length %d", marker, length);
        }
        require(length);
        return length;
    }

    private void readFrameHeader(int length, SizeRules size) {
        if (header != null) {
            throw BadImage.of(INVALID_IMAGE_HEADER, "the JPEG file has two frame headers");
        }
        header = JpegFrameHeader.read(bytes, position, length, size);
    }

    private void checkScan() {
        if (header == null) {
            throw BadImage.of(INVALID_IMAGE_HEADER, "a JPEG scan comes before the frame header");
        }
        if (!hasHuffmanTables) {
            throw BadImage.of(
                    UNSUPPORTED_IMAGE, "the JPEG picture is abbreviated: it has no Huffman tables");
        }
        scans++;
        if (scans > MAX_SCANS) {
            throw BadImage.of(
                    UNSUPPORTED_IMAGE, "the JPEG picture has more than %d scans", MAX_SCANS);
        }
    }

    private void dropSegment(int marker, int length) {
        if (JpegMarker.isUnsupportedProcess(marker)) {
            throw BadImage.of(
                    UNSUPPORTED_IMAGE,
                    "the JPEG picture is lossless, hierarchical or arithmetically coded (%02X)",
                    marker);
        }
        if (!JpegMarker.isIgnorable(marker)) {
            throw BadImage.of(damagedCode(), "the JPEG file has the unknown marker %02X", marker);
        }
        colorMarkers.read(marker, bytes, position + 2, length - 2);
        position += length;
    }

    private void keepSegment(int marker, int length) {
        bytes[written++] = FF;
        bytes[written++] = (byte) marker;
        keep(length);
    }

    private void keepEntropyCodedData() {
        int end = position;
        int next;
        do {
            end = indexOfFf(end);
            next = unsigned(end + 1);
            // FF 00 is FF as data; a restart belongs to the scan; FF FF is a fill byte.
            end += next == 0 || JpegMarker.isRestart(next) ? 2 : next == 0xFF ? 1 : 0;
        } while (next == 0 || next == 0xFF || JpegMarker.isRestart(next));
        keep(end - position);
    }

    /** The next FF that has a byte behind it. */
    private int indexOfFf(int from) {
        byte[] array = bytes;
        int last = inputEnd - 1;
        for (int index = from; index < last; index++) {
            if (array[index] == FF) {
                return index;
            }
        }
        throw truncated();
    }

    private void keep(int length) {
        System.arraycopy(bytes, position, bytes, written, length);
        position += length;
        written += length;
    }

    private void require(int count) {
        if (count > inputEnd - position) {
            throw truncated();
        }
    }

    private FrameflowException truncated() {
        return BadImage.of(
                TRUNCATED_IMAGE,
                "the JPEG file stops after %d bytes without an end marker (FF D9)",
                inputEnd - HEADROOM);
    }

    private FailureCode damagedCode() {
        return header == null ? INVALID_IMAGE_HEADER : CORRUPT_IMAGE;
    }

    private int unsigned(int index) {
        return bytes[index] & 0xFF;
    }

    /** A picture's frame header, and a stream that holds nothing but the picture. */
    record StrippedJpeg(JpegFrameHeader header, ByteArrayImageInputStream stream) {}
}
