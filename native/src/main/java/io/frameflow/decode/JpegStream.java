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

import static io.frameflow.failure.FailureCode.UNSUPPORTED_IMAGE;

import io.frameflow.failure.FrameflowException;
import java.nio.ByteBuffer;

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
    private final JpegSegments segments = new JpegSegments();
    private byte[] bytes = {};
    private int inputEnd;
    private int written;
    private int scans;
    private boolean hasHuffmanTables;

    /**
     * Reads a file.
     *
     * @return what is left of it; valid until the next call
     * @throws FrameflowException if it is not a picture that can be decoded
     */
    StrippedJpeg read(ByteBuffer image, SizeRules size) {
        copyIn(image);
        segments.begin(bytes, HEADROOM, inputEnd);
        int marker = segments.nextMarker();
        while (marker != JpegMarker.EOI) {
            if (!JpegMarker.standsAlone(marker)) {
                readSegment(marker, size);
            }
            marker = segments.nextMarker();
        }
        if (scans == 0) {
            throw JpegSegments.withoutPicture();
        }
        return finish(segments.headerOfScan());
    }

    private void copyIn(ByteBuffer image) {
        inputEnd = HEADROOM + image.remaining();
        bytes = scratch.atLeast(inputEnd);
        image.get(image.position(), bytes, HEADROOM, image.remaining());
        written = HEADROOM;
        scans = 0;
        hasHuffmanTables = false;
    }

    private StrippedJpeg finish(JpegFrameHeader frameHeader) {
        bytes[written++] = FF;
        bytes[written++] = (byte) JpegMarker.EOI;
        byte[] mark = segments.isRgb(frameHeader) ? START_OF_RGB : START_OF_YCBCR;
        int start = HEADROOM - mark.length;
        System.arraycopy(mark, 0, bytes, start, mark.length);
        return new StrippedJpeg(
                frameHeader, new ByteArrayImageInputStream(bytes, start, written - start));
    }

    private void readSegment(int marker, SizeRules size) {
        int length = segments.segmentLength(marker);
        switch (marker) {
            case JpegMarker.DQT, JpegMarker.DRI -> keepSegment(marker, length);
            case JpegMarker.DHT -> {
                hasHuffmanTables = true;
                keepSegment(marker, length);
            }
            case JpegMarker.SOF0_BASELINE,
                    JpegMarker.SOF1_EXTENDED,
                    JpegMarker.SOF2_PROGRESSIVE -> {
                segments.readFrameHeader(length, size);
                keepSegment(marker, length);
            }
            case JpegMarker.SOS -> {
                checkScan();
                keepSegment(marker, length);
                keepEntropyCodedData();
            }
            default -> {
                segments.readOther(marker, length);
                segments.moveTo(segments.position() + length);
            }
        }
    }

    private void checkScan() {
        segments.headerOfScan();
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

    private void keepSegment(int marker, int length) {
        bytes[written++] = FF;
        bytes[written++] = (byte) marker;
        keep(length);
    }

    private void keepEntropyCodedData() {
        int start = segments.position();
        int end = start;
        int next;
        do {
            end = indexOfFf(end);
            next = unsigned(end + 1);
            // FF 00 is FF as data; a restart belongs to the scan; FF FF is a fill byte.
            end += next == 0 || JpegMarker.isRestart(next) ? 2 : next == 0xFF ? 1 : 0;
        } while (next == 0 || next == 0xFF || JpegMarker.isRestart(next));
        keep(end - start);
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
        throw segments.truncated();
    }

    private void keep(int length) {
        int position = segments.position();
        System.arraycopy(bytes, position, bytes, written, length);
        segments.moveTo(position + length);
        written += length;
    }

    private int unsigned(int index) {
        return bytes[index] & 0xFF;
    }

    /** A picture's frame header, and a stream that holds nothing but the picture. */
    record StrippedJpeg(JpegFrameHeader header, ByteArrayImageInputStream stream) {}
}
