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
package io.frameflow.cli.view;

import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.ClassPixels;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.Keypoint;
import io.frameflow.schema.Mask;
import io.frameflow.schema.Segmentation;
import io.frameflow.schema.Track;
import io.frameflow.schema.TrackState;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parts of results that are drawn, with codes written anew from what the schema says of them. */
final class DrawnRecords {
    /** A kind of object that would do harm as markup. */
    static final String EVIL = "<img src=x onerror=alert(1)>";

    private DrawnRecords() {}

    static Keypoint keypoint(String name, float x, float y, float score) {
        return new Keypoint(name, x, y, score);
    }

    /** A person with points. */
    static DetectedObject person(List<Keypoint> some, List<Keypoint> others) {
        List<Keypoint> all = Stream.concat(some.stream(), others.stream()).toList();
        return object("person", new BoundingBox(200f, 60f, 260f, 400f), all, null);
    }

    static DetectedObject object(
            String label,
            BoundingBox box,
            @Nullable List<Keypoint> keypoints,
            @Nullable Mask mask) {
        TrackState state = label.equals(EVIL) ? TrackState.TENTATIVE : TrackState.CONFIRMED;
        return new DetectedObject(1, label, 0.75f, box, keypoints, mask, new Track(7L, state, 3));
    }

    /**
     * A map of pixels, of which class 3 is road and 7 is sky; others have no name.
     *
     * @param classes class of the pixel at x, y
     */
    static Segmentation classMap(int width, int height, IntBinaryOperator classes) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        int start = 0;
        for (int at = 1; at <= width * height; at++) {
            int before = classes.applyAsInt((at - 1) % width, (at - 1) / width);
            if (at == width * height || classes.applyAsInt(at % width, at / width) != before) {
                code.write(before);
                int length = at - start;
                for (; length >= 0x80; length >>>= 7) {
                    code.write(0x80 | (length & 0x7f));
                }
                code.write(length);
                start = at;
            }
        }
        return classMap(width, height, code.toByteArray());
    }

    /** A map of any code. */
    static Segmentation classMap(int width, int height, byte[] code) {
        return new Segmentation(
                width,
                height,
                ByteBuffer.wrap(code),
                List.of(new ClassPixels(3, "road", 1L), new ClassPixels(7, "sky", 1L)));
    }

    /** The code of a map that is one road as long as the code can say. */
    static byte[] endlessRoad() {
        byte[] code = new byte[200];
        Arrays.fill(code, (byte) 0xff);
        code[0] = 3;
        return code;
    }

    /** A mask of the size of the frame in COCO's compressed code, set where a pixel gives 1. */
    static Mask mask(int width, int height, IntBinaryOperator pixels) {
        List<Integer> runs = new ArrayList<>();
        int value = 0;
        int length = 0;
        for (int at = 0; at < width * height; at++) {
            if (pixels.applyAsInt(at / height, at % height) != value) {
                runs.add(length);
                length = 0;
                value = 1 - value;
            }
            length++;
        }
        runs.add(length);
        StringBuilder counts = new StringBuilder();
        for (int i = 0; i < runs.size(); i++) {
            append(counts, i > 2 ? runs.get(i) - runs.get(i - 2) : runs.get(i));
        }
        return new Mask(width, height, counts.toString());
    }

    /** Five bits a character, the lowest first; the last one's highest bit is the sign. */
    private static void append(StringBuilder counts, int number) {
        int left = number;
        boolean more = true;
        while (more) {
            int bits = left & 0x1f;
            left >>= 5;
            more = (bits & 0x10) != 0 ? left != -1 : left != 0;
            counts.append((char) (48 + (more ? bits | 0x20 : bits)));
        }
    }
}
