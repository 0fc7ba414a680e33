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
 * The class of every pixel of a picture, held as runs of equal pixels: a tenth to a hundredth of
 * one byte a pixel. Immutable.
 *
 * <p>The run-length code goes row by row from the top left and across the ends of rows. Each run is
 * the class as one byte, 0 to 255, then the number of its pixels as an unsigned little-endian
 * base-128 number (seven bits a byte, the top bit set in all bytes but the last).
 */
public final class ClassMap {
    /** Most classes that a map can tell apart. */
    public static final int MOST_CLASSES = 256;

    private static final int LONGEST_SHIFT = 28;

    private final int width;
    private final int height;
    private final byte[] code;

    private ClassMap(int width, int height, byte[] code) {
        this.width = width;
        this.height = height;
        this.code = code;
    }

    /**
     * A map of pixels.
     *
     * @param width pixels a row, at least 1
     * @param height rows, at least 1
     * @param classIds class of each pixel, row by row, in the first {@code width * height} bytes;
     *     not kept
     * @throws IllegalArgumentException if there are fewer bytes than pixels, or no pixels
     */
    public static ClassMap of(int width, int height, byte[] classIds) {
        if (width < 1 || height < 1 || (long) width * height > classIds.length) {
            throw new IllegalArgumentException(
                    "%d x %d pixels, %d classes".formatted(width, height, classIds.length));
        }
        int pixels = width * height;
        ByteArrayOutputStream code = new ByteArrayOutputStream(pixels / 64 + 16);
        int start = 0;
        while (start < pixels) {
            int end = runEnd(classIds, start, pixels);
            code.write(classIds[start]);
            writeLength(end - start, code);
            start = end;
        }
        return new ClassMap(width, height, code.toByteArray());
    }

    /** The first pixel after {@code start} that differs from its predecessor. */
    private static int runEnd(byte[] classIds, int start, int pixels) {
        // The array against itself, one pixel on: the JVM compares many pixels at a time.
        int equal = Arrays.mismatch(classIds, start, pixels - 1, classIds, start + 1, pixels);
        return equal < 0 ? pixels : start + equal + 1;
    }

    private static void writeLength(int length, ByteArrayOutputStream code) {
        int rest = length;
        while (rest > 127) {
            code.write((rest & 127) | 128);
            rest >>>= 7;
        }
        code.write(rest);
    }

    /**
     * A map from its run-length code.
     *
     * @throws IllegalArgumentException if the runs are not exactly {@code width * height} pixels
     */
    public static ClassMap ofRunLengthCode(int width, int height, byte[] code) {
        ClassMap map = new ClassMap(width, height, code.clone());
        long pixels = map.forEachRun((classId, start, length) -> {});
        if (width < 1 || height < 1 || pixels != (long) width * height) {
            throw new IllegalArgumentException(
                    "runs of %d pixels for %d x %d".formatted(pixels, width, height));
        }
        return map;
    }

    /** Takes one run. */
    private interface RunVisitor {
        void visit(int classId, int start, int length);
    }

    /** Goes through the runs; returns the number of pixels. */
    private long forEachRun(RunVisitor visitor) {
        long pixels = (long) width * height;
        long start = 0;
        int at = 0;
        while (at < code.length) {
            int classId = Byte.toUnsignedInt(code[at++]);
            long length = 0;
            int shift = 0;
            boolean more = true;
            while (more) {
                if (at == code.length || shift > LONGEST_SHIFT) {
                    throw new IllegalArgumentException("a run has no length, at byte " + at);
                }
                length |= (code[at] & 127L) << shift;
                shift += 7;
                more = code[at++] < 0;
            }
            if (length == 0 || length > pixels - start) {
                throw new IllegalArgumentException(
                        "a run of %d pixels where %d are left".formatted(length, pixels - start));
            }
            visitor.visit(classId, (int) start, (int) length);
            start += length;
        }
        return start;
    }

    /** Pixels a row. */
    public int width() {
        return width;
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** The run-length code; a copy. */
    public byte[] toRunLengthCode() {
        return code.clone();
    }

    /** Class of each pixel, row by row; one byte each, read as 0 to 255. */
    public byte[] classIds() {
        byte[] classIds = new byte[width * height];
        forEachRun(
                (classId, start, length) ->
                        Arrays.fill(classIds, start, start + length, (byte) classId));
        return classIds;
    }

    /** Pixels of each class: {@link #MOST_CLASSES} numbers, by class. */
    public long[] pixelCounts() {
        long[] counts = new long[MOST_CLASSES];
        forEachRun((classId, start, length) -> counts[classId] += length);
        return counts;
    }
}
