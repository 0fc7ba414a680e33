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
import org.jspecify.annotations.Nullable;

/**
 * Steps over the markers and segments of a JPEG file (ITU-T T.81, B.1.1), reads the frame header
 * and what tells colours, and refuses what no decoder here could read. Not thread-safe.
 */
final class JpegSegments {
    private final JpegColorMarkers colorMarkers = new JpegColorMarkers();
    private byte[] bytes = {};
    private int start;
    private int end;
    private int position;
    private @Nullable JpegFrameHeader header;

    /**
     * Begins a file.
     *
     * @throws FrameflowException if it does not begin as a JPEG file does
     */
    void begin(byte[] file, int from, int to) {
        bytes = file;
        start = from;
        end = to;
        position = from;
        header = null;
        colorMarkers.clear();
        if (to - from < 2 || unsigned(from) != 0xFF || unsigned(from + 1) != JpegMarker.SOI) {
            throw BadImage.of(
                    NOT_THE_ENCODING, "the picture does not begin as a JPEG file does (FF D8)");
        }
        position += 2;
    }

    /** Index of the next byte: that of a segment's length behind {@link #nextMarker()}. */
    int position() {
        return position;
    }

    /** Goes to another place in the file. */
    void moveTo(int index) {
        position = index;
    }

    /** Steps over the next marker and any fill bytes before it. */
    int nextMarker() {
        require(2);
        if (unsigned(position) != 0xFF) {
            throw BadImage.of(
                    damagedCode(),
                    "the JPEG file has %02X where a marker is due, at byte %d",
                    unsigned(position),
                    position - start);
        }
        while (unsigned(position) == 0xFF) {
            position++;
            require(1);
        }
        return unsigned(position++);
    }

    /**
     * Length of the segment at the position, with the two bytes that hold it; all of it is there.
     */
    int segmentLength(int marker) {
        require(2);
        int length = unsigned(position) << 8 | unsigned(position + 1);
        if (length < 2) {
            throw BadImage.of(
                    damagedCode(), "segment %02X of the JPEG file has length %d", marker, length);
        }
        require(length);
        return length;
    }

    /** Reads the frame header at the position, of which a file has one. */
    JpegFrameHeader readFrameHeader(int length, SizeRules size) {
        if (header != null) {
            throw BadImage.of(INVALID_IMAGE_HEADER, "the JPEG file has two frame headers");
        }
        JpegFrameHeader read = JpegFrameHeader.read(bytes, position, length, size);
        header = read;
        return read;
    }

    /** The frame header, which must come before the scan that is at the position. */
    JpegFrameHeader headerOfScan() {
        if (header == null) {
            throw BadImage.of(INVALID_IMAGE_HEADER, "a JPEG scan comes before the frame header");
        }
        return header;
    }

    /** Reads what a segment at the position says about colours; nothing else of it is needed. */
    void readOther(int marker, int length) {
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
    }

    /** Whether the components are red, green and blue, by all that was read so far. */
    boolean isRgb(JpegFrameHeader frameHeader) {
        return colorMarkers.isRgb(frameHeader);
    }

    /** What to throw where the file ends too early. */
    FrameflowException truncated() {
        return BadImage.of(
                TRUNCATED_IMAGE,
                "the JPEG file stops after %d bytes without an end marker (FF D9)",
                end - start);
    }

    /** What to throw where the file ends and has no scan. */
    static FrameflowException withoutPicture() {
        return BadImage.of(CORRUPT_IMAGE, "the JPEG file has no picture data");
    }

    private void require(int count) {
        if (count > end - position) {
            throw truncated();
        }
    }

    private FailureCode damagedCode() {
        return header == null ? INVALID_IMAGE_HEADER : CORRUPT_IMAGE;
    }

    private int unsigned(int index) {
        return bytes[index] & 0xFF;
    }
}
