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
 * @param sampling resolution of its chroma
 * @param baseline whether it is sequential with Huffman codes of 8 bits, in one scan, and
 *     subsampled as cameras do it: not {@link Sampling#OTHER}
 * @param rgb whether its components are red, green and blue instead of luma and chroma
 */
public record JpegProbe(int width, int height, Sampling sampling, boolean baseline, boolean rgb) {

    /** Resolution of chroma against that of luma. */
    public enum Sampling {
        /** There is no chroma. */
        GRAY,
        /** The same: 4:4:4. */
        FULL,
        /** Half the columns: 4:2:2. */
        HALF_WIDTH,
        /** Half the columns and half the rows: 4:2:0. */
        HALF_SIZE,
        /** What cameras do not send, such as 4:1:1 and 4:4:0. */
        OTHER
    }

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
        JpegProbe probe = new Reader(image.array(), start, start + image.remaining(), size).read();
        if (!probe.baseline()) {
            // Each scan costs the decoder a pass over the whole picture.
            new JpegStream().read(image, size);
        }
        return probe;
    }

    /** Walks over the segments up to the first scan. */
    private static final class Reader {
        private final byte[] bytes;
        private final int end;
        private final SizeRules size;
        private final JpegSegments segments = new JpegSegments();
        private boolean sequential;
        private Sampling sampling = Sampling.OTHER;
        private boolean hasHuffmanTables;
        private boolean hasQuantizationTables;

        Reader(byte[] bytes, int start, int end, SizeRules size) {
            this.bytes = bytes;
            this.end = end;
            this.size = size;
            segments.begin(bytes, start, end);
        }

        JpegProbe read() {
            int marker = segments.nextMarker();
            while (marker != JpegMarker.SOS) {
                if (marker == JpegMarker.EOI) {
                    throw JpegSegments.withoutPicture();
                }
                if (!JpegMarker.standsAlone(marker)) {
                    readSegment(marker);
                }
                marker = segments.nextMarker();
            }
            JpegFrameHeader header = segments.headerOfScan();
            requireTables();
            boolean oneScan = segments.segmentLength(marker) == 6 + 2 * header.components();
            requireEndMarker();
            return new JpegProbe(
                    header.width(),
                    header.height(),
                    sampling,
                    sequential && oneScan && sampling != Sampling.OTHER,
                    header.components() == 3 && segments.isRgb(header));
        }

        private void readSegment(int marker) {
            int length = segments.segmentLength(marker);
            switch (marker) {
                case JpegMarker.DRI -> {
                    // For the decoder.
                }
                case JpegMarker.DQT -> hasQuantizationTables = true;
                case JpegMarker.DHT -> hasHuffmanTables = true;
                case JpegMarker.SOF0_BASELINE,
                        JpegMarker.SOF1_EXTENDED,
                        JpegMarker.SOF2_PROGRESSIVE -> {
                    JpegFrameHeader header = segments.readFrameHeader(length, size);
                    sequential = marker != JpegMarker.SOF2_PROGRESSIVE;
                    sampling = header.components() == 1 ? Sampling.GRAY : samplingOfLuma();
                }
                default -> segments.readOther(marker, length);
            }
            segments.moveTo(segments.position() + length);
        }

        private Sampling samplingOfLuma() {
            int position = segments.position();
            boolean chromaPlain =
                    bytes[position + 12] == SAMPLING_444 && bytes[position + 15] == SAMPLING_444;
            if (!chromaPlain) {
                return Sampling.OTHER;
            }
            return switch (bytes[position + 9]) {
                case SAMPLING_444 -> Sampling.FULL;
                case SAMPLING_422 -> Sampling.HALF_WIDTH;
                case SAMPLING_420 -> Sampling.HALF_SIZE;
                default -> Sampling.OTHER;
            };
        }

        private void requireTables() {
            if (!hasHuffmanTables) {
                throw BadImage.of(
                        UNSUPPORTED_IMAGE,
                        "the JPEG picture is abbreviated: it has no Huffman tables");
            }
            if (!hasQuantizationTables) {
                throw BadImage.of(CORRUPT_IMAGE, "the JPEG file has no quantization tables");
            }
        }

        /** Cameras append to files; the end marker is looked for from behind. */
        private void requireEndMarker() {
            for (int i = end - 2; i > segments.position(); i--) {
                if (bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) JpegMarker.EOI) {
                    return;
                }
            }
            throw segments.truncated();
        }
    }
}
