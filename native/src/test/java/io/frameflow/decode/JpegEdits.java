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
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Makes other JPEG files of good ones. */
public final class JpegEdits {
    private static final int SOI_LENGTH = 2;

    private JpegEdits() {}

    /** Index of the first byte (FF) of a marker of the header. */
    public static int indexOf(byte[] jpeg, int marker) {
        int index = SOI_LENGTH;
        while ((jpeg[index + 1] & 0xFF) != marker) {
            index += 2 + segmentLength(jpeg, index);
        }
        return index;
    }

    private static int segmentLength(byte[] jpeg, int index) {
        return (jpeg[index + 2] & 0xFF) << 8 | (jpeg[index + 3] & 0xFF);
    }

    /** Without the header's segments of these markers. */
    public static byte[] without(byte[] jpeg, IntPredicate markers) {
        var result = new ByteArrayOutputStream();
        result.write(jpeg, 0, SOI_LENGTH);
        int index = SOI_LENGTH;
        while ((jpeg[index + 1] & 0xFF) != JpegMarker.SOS) {
            int length = 2 + segmentLength(jpeg, index);
            if (!markers.test(jpeg[index + 1] & 0xFF)) {
                result.write(jpeg, index, length);
            }
            index += length;
        }
        result.write(jpeg, index, jpeg.length - index);
        return result.toByteArray();
    }

    /** With a segment right after the start. */
    public static byte[] withSegment(byte[] jpeg, int marker, byte[] contents) {
        int length = contents.length + 2;
        byte[] head = {(byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length};
        return insert(jpeg, SOI_LENGTH, concat(head, contents));
    }

    public static byte[] insert(byte[] bytes, int index, byte[] inserted) {
        return concat(
                Arrays.copyOf(bytes, index),
                inserted,
                Arrays.copyOfRange(bytes, index, bytes.length));
    }

    public static byte[] with(byte[] bytes, int index, int... values) {
        byte[] changed = bytes.clone();
        for (int value : values) {
            changed[index++] = (byte) value;
        }
        return changed;
    }

    /** With another size in the frame header. */
    public static byte[] withSize(byte[] jpeg, int frameHeaderMarker, int width, int height) {
        int header = indexOf(jpeg, frameHeaderMarker);
        return with(jpeg, header + 5, height >> 8, height, width >> 8, width);
    }

    public static byte[] concat(byte[]... parts) {
        var result = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            result.writeBytes(part);
        }
        return result.toByteArray();
    }
}
