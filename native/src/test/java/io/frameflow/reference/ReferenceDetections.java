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
package io.frameflow.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.frameflow.geometry.BoxOverlap;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Pictures, and what OpenCV and torchvision found in them with YOLOv5n's real weights. */
public final class ReferenceDetections {
    /** Scores near the model's threshold could fall on either side of it. */
    private static final float CLEAR_SCORE = 0.3f;

    private final JsonNode images;

    private ReferenceDetections(JsonNode images) {
        this.images = images;
    }

    /** Reads them. */
    public static ReferenceDetections read() throws IOException {
        return new ReferenceDetections(
                ReferenceData.json("expected/yolov5n_detections.json").get("images"));
    }

    /** Names of the pictures. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        images.fieldNames().forEachRemaining(names::add);
        assertThat(names).hasSize(6);
        return names;
    }

    /** The JPEG file of a picture. */
    public EncodedFrame frame(String name) throws IOException {
        String file = name.replace("coco_mmpose/", "coco-with-truth/");
        byte[] bytes = Files.readAllBytes(ReferenceData.file("images/" + file));
        JsonNode expected = images.get(name);
        return new EncodedFrame(
                "camera",
                0,
                0,
                ImageEncoding.JPEG,
                expected.get("width").asInt(),
                expected.get("height").asInt(),
                ByteBuffer.wrap(bytes));
    }

    /**
     * Checks that nothing is missing and nothing is invented.
     *
     * @param pixels how far the sides of a box may be off
     * @param score how far a score may be off
     * @return how many detections were expected, those with a clear score
     */
    public int assertFound(String name, Detections found, float pixels, float score) {
        return assertFound(
                name, new Matching(found, (one, other) -> farthest(one, other) <= pixels, score));
    }

    /**
     * The same by overlap, for half precision: of candidates of an object whose scores differ by
     * less than rounding does, another one may be kept, whose box is another.
     *
     * @param iou least intersection over union of a box with the expected one
     */
    public int assertOverlapping(String name, Detections found, float iou, float score) {
        return assertFound(
                name, new Matching(found, (one, other) -> overlap(one, other) >= iou, score));
    }

    private static float farthest(float[] one, float[] other) {
        float farthest = 0;
        for (int i = 0; i < one.length; i++) {
            farthest = Math.max(farthest, Math.abs(one[i] - other[i]));
        }
        return farthest;
    }

    private static float overlap(float[] a, float[] b) {
        return BoxOverlap.iou(a[0], a[1], a[2], a[3], area(a), b[0], b[1], b[2], b[3], area(b));
    }

    private static float area(float[] corners) {
        return (corners[2] - corners[0]) * (corners[3] - corners[1]);
    }

    private int assertFound(String name, Matching matching) {
        List<JsonNode> wanted = new ArrayList<>();
        images.get(name).get("detections").forEach(wanted::add);
        int clear = 0;
        for (JsonNode detection : wanted) {
            if (detection.get("score").asDouble() > CLEAR_SCORE) {
                clear++;
                assertThat(matching.count(detection))
                        .as("%s: expected %s, found %s", name, detection, matching)
                        .isEqualTo(1);
            }
        }
        Detections found = matching.found();
        for (int i = 0; i < found.count(); i++) {
            if (found.scores()[i] > CLEAR_SCORE + matching.score()) {
                int index = i;
                assertThat(wanted.stream().filter(one -> matching.isNear(one, index)))
                        .as("%s: found %s", name, matching.describe(i))
                        .hasSize(1);
            }
        }
        return clear;
    }

    /** Whether two boxes, each as left, top, right and bottom in pixels, are one. */
    private interface BoxMatch {
        boolean same(float[] one, float[] other);
    }

    private record Matching(Detections found, BoxMatch boxes, float score) {
        long count(JsonNode expected) {
            long count = 0;
            for (int i = 0; i < found.count(); i++) {
                count += isNear(expected, i) ? 1 : 0;
            }
            return count;
        }

        boolean isNear(JsonNode expected, int index) {
            float[] corners = new float[4];
            for (int i = 0; i < corners.length; i++) {
                corners[i] = (float) expected.get("xyxy").get(i).asDouble();
            }
            double difference = found.scores()[index] - expected.get("score").asDouble();
            return found.classIds()[index] == expected.get("cls").asInt()
                    && Math.abs(difference) <= score
                    && boxes.same(corners(index), corners);
        }

        private float[] corners(int index) {
            float[] numbers = found.boxes();
            float left = numbers[4 * index];
            float top = numbers[4 * index + 1];
            return new float[] {
                left, top, left + numbers[4 * index + 2], top + numbers[4 * index + 3]
            };
        }

        String describe(int index) {
            float[] boxes = found.boxes();
            return "class %d, score %.4f, box %.2f %.2f %.2f %.2f"
                    .formatted(
                            found.classIds()[index],
                            found.scores()[index],
                            boxes[4 * index],
                            boxes[4 * index + 1],
                            boxes[4 * index] + boxes[4 * index + 2],
                            boxes[4 * index + 1] + boxes[4 * index + 3]);
        }

        @Override
        public String toString() {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < found.count(); i++) {
                all.add(describe(i));
            }
            return all.toString();
        }
    }
}
