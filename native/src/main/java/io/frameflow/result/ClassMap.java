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
package io.frameflow.result;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The class of every pixel of a frame, row by row from the top left; one byte a pixel, read as 0 to
 * 255.
 *
 * <p>The array is not copied: whoever makes an instance hands it over and no longer writes to it,
 * whoever reads it does not change it.
 */
public final class ClassMap {
    /** Most classes that a map can tell apart. */
    public static final int MOST_CLASSES = 256;

    private final int width;
    private final int height;
    private final byte[] classIds;

    /**
     * A map.
     *
     * @param width pixels a row, at least 1
     * @param height rows, at least 1
     * @param classIds class of each pixel
     * @throws IllegalArgumentException if their number is not {@code width * height}
     */
    public ClassMap(int width, int height, byte[] classIds) {
        if (width < 1 || height < 1 || (long) width * height != classIds.length) {
            throw new IllegalArgumentException(
                    "%d x %d pixels, %d classes".formatted(width, height, classIds.length));
        }
        this.width = width;
        this.height = height;
        this.classIds = classIds;
    }

    /** Pixels a row. */
    public int width() {
        return width;
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** Class of each pixel, row by row; one byte each, read as 0 to 255. */
    public byte[] classIds() {
        return classIds;
    }

    /** Class of one pixel, 0 to 255. */
    public int classId(int x, int y) {
        return Byte.toUnsignedInt(classIds[y * width + x]);
    }

    /** Pixels of each class: {@link #MOST_CLASSES} numbers, by class. */
    public long[] pixelCounts() {
        long[] counts = new long[MOST_CLASSES];
        for (byte classId : classIds) {
            counts[Byte.toUnsignedInt(classId)]++;
        }
        return counts;
    }

    /**
     * The map as runs of equal pixels, in the order of {@link #classIds} and across the ends of
     * rows: for each run the class as one byte, then the number of its pixels as an unsigned
     * little-endian base-128 number (seven bits a byte, the top bit set in all bytes but the last).
     */
    public byte[] toRunLengthCode() {
        ByteArrayOutputStream code = new ByteArrayOutputStream(classIds.length / 64 + 16);
        int start = 0;
        while (start < classIds.length) {
            int end = runEnd(start);
            code.write(classIds[start]);
            writeBase128(end - start, code);
            start = end;
        }
        return code.toByteArray();
    }

    /** The first pixel after {@code start} that differs from its predecessor. */
    private int runEnd(int start) {
        // The array against itself, one pixel on: the JVM compares many pixels at a time.
        int equal =
                Arrays.mismatch(
                        classIds, start, classIds.length - 1, classIds, start + 1, classIds.length);
        return equal < 0 ? classIds.length : start + equal + 1;
    }

    private static void writeBase128(int value, ByteArrayOutputStream code) {
        int rest = value;
        while (rest > 127) {
            code.write((rest & 127) | 128);
            rest >>>= 7;
        }
        code.write(rest);
    }

    /**
     * Reads what {@link #toRunLengthCode} wrote.
     *
     * @throws IllegalArgumentException if the runs are not exactly {@code width * height} pixels
     */
    public static ClassMap ofRunLengthCode(int width, int height, byte[] code) {
        byte[] classIds = new byte[Math.multiplyExact(width, height)];
        int filled = 0;
        int at = 0;
        while (at < code.length) {
            byte classId = code[at++];
            long length = 0;
            int shift = 0;
            boolean more = true;
            while (more) {
                if (at == code.length || shift > 28) {
                    throw new IllegalArgumentException("a run has no length, at byte " + at);
                }
                length |= (code[at] & 127L) << shift;
                shift += 7;
                more = code[at++] < 0;
            }
            if (length == 0 || length > classIds.length - filled) {
                throw new IllegalArgumentException(
                        "a run of %d pixels where %d are left"
                                .formatted(length, classIds.length - filled));
            }
            Arrays.fill(classIds, filled, filled + (int) length, classId);
            filled += (int) length;
        }
        if (filled != classIds.length) {
            throw new IllegalArgumentException(
                    "runs of %d pixels for %d x %d".formatted(filled, width, height));
        }
        return new ClassMap(width, height, classIds);
    }
}
