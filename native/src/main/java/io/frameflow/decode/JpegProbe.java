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
import static io.frameflow.failure.FailureCode.EMPTY_IMAGE;
import static io.frameflow.failure.FailureCode.INVALID_IMAGE_HEADER;
import static io.frameflow.failure.FailureCode.NOT_THE_ENCODING;
import static io.frameflow.failure.FailureCode.TRUNCATED_IMAGE;
import static io.frameflow.failure.FailureCode.UNSUPPORTED_IMAGE;

import io.frameflow.failure.FrameflowException;
import java.nio.ByteBuffer;

/**
 * What the head of a JPEG file says, for decoders that take whole files: its size, checked against
 * the limits before anybody takes memory for it, and what kind of decoder it needs. The
 * entropy-coded data is not looked at, but for the end marker.
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param baseline whether it is sequential with Huffman codes of 8 bits, in one scan, and
 *     subsampled as cameras do it: 4:4:4, 4:2:2, 4:2:0, or gray
 * @param rgb whether its components are red, green and blue instead of luma and chroma
 */
public record JpegProbe(int width, int height, boolean baseline, boolean rgb) {
    private static final int SAMPLING_444 = 0x11;
    private static final int SAMPLING_422 = 0x21;
    private static final int SAMPLING_420 = 0x22;

    /**
     * Reads the head of a file.
     *
     * @param image the file, from position to limit, in an array; not changed
     * @param limits the largest picture that is allowed
     * @param declaredWidth width that the frame declares; 0 for none
     * @param declaredHeight height that the frame declares; 0 for none
     * @throws FrameflowException of the kind BAD_INPUT
     */
    public static JpegProbe read(
            ByteBuffer image, DecodeLimits limits, int declaredWidth, int declaredHeight) {
        if (!image.hasRemaining()) {
            throw BadImage.of(EMPTY_IMAGE, "the picture has no bytes");
        }
        int start = image.arrayOffset() + image.position();
        SizeRules size = new SizeRules(limits, declaredWidth, declaredHeight);
        return new Reader(image.array(), start, start + image.remaining(), size).read();
    }

    /** Walks over the segments up to the first scan. */
    private static final class Reader {
        private final byte[] bytes;
        private final int end;
        private final SizeRules size;
        private final JpegColorMarkers colorMarkers = new JpegColorMarkers();
        private int position;

        Reader(byte[] bytes, int start, int end, SizeRules size) {
            this.bytes = bytes;
            this.position = start;
            this.end = end;
            this.size = size;
        }

        JpegProbe read() {
            if (end - position < 2 || marker() != JpegMarker.SOI) {
                throw BadImage.of(
                        NOT_THE_ENCODING, "the picture does not begin as a JPEG file does (FF D8)");
            }
            JpegFrameHeader header = null;
            boolean sequential = false;
            int sampling = 0;
            int marker = marker();
            while (marker != JpegMarker.SOS) {
                int length = segmentLength(marker);
                if (isFrameHeader(marker)) {
                    header = JpegFrameHeader.read(bytes, position, length, size);
                    sequential = marker != JpegMarker.SOF2_PROGRESSIVE;
                    sampling = header.components() == 1 ? SAMPLING_444 : samplingOfLuma();
                } else {
                    check(marker);
                    colorMarkers.read(marker, bytes, position + 2, length - 2);
                }
                position += length;
                marker = marker();
            }
            if (header == null) {
                throw BadImage.of(
                        INVALID_IMAGE_HEADER, "a JPEG scan comes before the frame header");
            }
            boolean oneScan = segmentLength(marker) == 6 + 2 * header.components();
            requireEndMarker();
            return new JpegProbe(
                    header.width(),
                    header.height(),
                    sequential && oneScan && isUsual(sampling),
                    header.components() == 3 && colorMarkers.isRgb(header));
        }

        private int samplingOfLuma() {
            boolean chromaPlain =
                    bytes[position + 12] == SAMPLING_444 && bytes[position + 15] == SAMPLING_444;
            return chromaPlain ? bytes[position + 9] : 0;
        }

        private static boolean isUsual(int sampling) {
            return sampling == SAMPLING_444 || sampling == SAMPLING_422 || sampling == SAMPLING_420;
        }

        private static boolean isFrameHeader(int marker) {
            return marker >= JpegMarker.SOF0_BASELINE && marker <= JpegMarker.SOF2_PROGRESSIVE;
        }

        private static void check(int marker) {
            if (JpegMarker.isUnsupportedProcess(marker)) {
                throw BadImage.of(
                        UNSUPPORTED_IMAGE,
                        "the JPEG picture is lossless, hierarchical or arithmetically coded (%02X)",
                        marker);
            }
        }

        private int marker() {
            require(2);
            if (bytes[position] != (byte) 0xFF) {
                throw BadImage.of(CORRUPT_IMAGE, "the JPEG file has no marker where one is due");
            }
            while (bytes[position] == (byte) 0xFF) {
                position++;
                require(1);
            }
            return bytes[position++] & 0xFF;
        }

        private int segmentLength(int marker) {
            require(2);
            int length = (bytes[position] & 0xFF) << 8 | (bytes[position + 1] & 0xFF);
            if (length < 2) {
                throw BadImage.of(
                        INVALID_IMAGE_HEADER,
                        "segment %02X of the JPEG file has length %d",
                        marker,
                        length);
            }
            require(length);
            return length;
        }

        private void require(int count) {
            if (count > end - position) {
                throw BadImage.of(TRUNCATED_IMAGE, "the JPEG file ends within its head");
            }
        }

        /** Cameras append to files; the end marker is looked for from behind. */
        private void requireEndMarker() {
            for (int i = end - 2; i > position; i--) {
                if (bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) JpegMarker.EOI) {
                    return;
                }
            }
            throw BadImage.of(TRUNCATED_IMAGE, "the JPEG file has no end marker (FF D9)");
        }
    }
}
