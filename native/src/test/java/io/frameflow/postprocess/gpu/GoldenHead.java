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
package io.frameflow.postprocess.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frameflow.model.ClassRules;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.model.HeadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Outputs of a network, and what PyTorch and torchvision find in them: see {@code
 * generate_head_golden.py}, which made the files. The outputs are numbers that a hash of their
 * place gives, so that they need not be kept.
 *
 * @param head the outputs, for a batch
 * @param image the image that the detections are for
 * @param detections {@code class}, {@code score}, {@code box}, and {@code keypoints} of some
 */
record GoldenHead(TestHead head, int image, JsonNode detections) {
    private static final int MOST_DETECTIONS = 1000;

    static GoldenHead read(Family family) throws IOException {
        try (InputStream file = GoldenHead.class.getResourceAsStream(family.label() + ".json")) {
            JsonNode golden = new ObjectMapper().readTree(Objects.requireNonNull(file));
            return new GoldenHead(
                    head(family, golden), golden.get("image").asInt(), golden.get("detections"));
        }
    }

    private static TestHead head(Family family, JsonNode golden) {
        TestHead head =
                new TestHead(
                        family,
                        golden.get("width").asInt(),
                        golden.get("height").asInt(),
                        golden.get("labels").asInt(),
                        golden.get("keypoints").asInt(),
                        HeadOptions.DEFAULT,
                        new DetectionThresholds(
                                (float) golden.get("score").asDouble(),
                                (float) golden.get("iou").asDouble(),
                                MOST_DETECTIONS,
                                false,
                                ClassRules.NONE));
        for (JsonNode output : golden.get("outputs")) {
            int[] shape = new int[output.get("shape").size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = output.get("shape").get(i).asInt();
            }
            head.output(output.get("name").asText(), numbers(output, shape), shape);
        }
        return head;
    }

    private static float[] numbers(JsonNode output, int[] shape) {
        int axis = output.get("axis").asInt() - 1;
        int perChannel = 1;
        int perImage = 1;
        for (int i = 0; i < shape.length; i++) {
            perImage *= shape[i];
            perChannel *= i > axis ? shape[i] : 1;
        }
        JsonNode channels = output.get("channels");
        float[] numbers = new float[TestHeads.BATCH * perImage];
        for (int i = 0; i < numbers.length; i++) {
            int channel = Math.min(i / perChannel % shape[axis], channels.size() - 1);
            JsonNode range = channels.get(channel);
            double low = range.get(0).asDouble();
            double value = uniform(i, output.get("seed").asInt());
            for (int k = 0; k < range.get(2).asInt(); k++) {
                value = value * value;
            }
            numbers[i] = (float) (low + (range.get(1).asDouble() - low) * value);
        }
        return numbers;
    }

    /** A number from 0 to 1 by a 32-bit hash of its place. */
    private static double uniform(int place, int seed) {
        int x = place + seed * 0x9E3779B9;
        x ^= x >>> 16;
        x *= 0x7FEB352D;
        x ^= x >>> 15;
        x *= 0x846CA68B;
        x ^= x >>> 16;
        return Integer.toUnsignedLong(x) / 4294967296.0;
    }
}
