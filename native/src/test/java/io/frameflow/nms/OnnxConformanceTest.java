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
package io.frameflow.nms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.frameflow.reference.ReferenceData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** ONNX's own cases for its NonMaxSuppression operator. */
class OnnxConformanceTest {

    @TestFactory
    Stream<DynamicTest> selectsAsOnnxSays() throws IOException {
        JsonNode cases = ReferenceData.json("nms/onnx/cases.json");
        assertThat(cases).hasSize(10);
        return StreamSupport.stream(cases.spliterator(), false)
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.get("name").asText(),
                                        () -> assertThat(select(one)).isEqualTo(expected(one))));
    }

    private static List<List<Integer>> expected(JsonNode one) {
        List<List<Integer>> rows = new ArrayList<>();
        one.get("selected_indices")
                .forEach(
                        row ->
                                rows.add(
                                        List.of(
                                                row.get(0).asInt(),
                                                row.get(1).asInt(),
                                                row.get(2).asInt())));
        return rows;
    }

    /** The operator works on each class of each image by itself. */
    private static List<List<Integer>> select(JsonNode one) {
        GreedyNms nms = new GreedyNms(1000);
        float threshold = (float) one.get("iou_threshold").asDouble();
        int most = one.get("max_output_boxes_per_class").asInt();
        List<List<Integer>> rows = new ArrayList<>();
        JsonNode scores = one.get("scores");
        for (int image = 0; image < scores.size(); image++) {
            for (int classId = 0; classId < scores.get(image).size(); classId++) {
                Candidates candidates = candidates(one, image, classId);
                for (int index : nms.select(candidates, threshold, most, false)) {
                    rows.add(List.of(image, classId, candidates.anchor(index)));
                }
            }
        }
        return rows;
    }

    private static Candidates candidates(JsonNode one, int image, int classId) {
        boolean centers = one.get("center_point_box").asInt() == 1;
        double least = one.get("score_threshold").asDouble();
        JsonNode boxes = one.get("boxes").get(image);
        Candidates candidates = new Candidates(boxes.size());
        for (int i = 0; i < boxes.size(); i++) {
            double score = one.get("scores").get(image).get(classId).get(i).asDouble();
            if (score > least) {
                float[] box = centers ? fromCenter(boxes.get(i)) : fromCorners(boxes.get(i));
                candidates.add(i, box[0], box[1], box[2], box[3], (float) score, classId);
            }
        }
        return candidates;
    }

    private static float[] fromCenter(JsonNode box) {
        float x = (float) box.get(0).asDouble();
        float y = (float) box.get(1).asDouble();
        float halfWidth = (float) box.get(2).asDouble() / 2;
        float halfHeight = (float) box.get(3).asDouble() / 2;
        return new float[] {x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight};
    }

    /** The operator takes any two opposite corners, each as y, x. */
    private static float[] fromCorners(JsonNode box) {
        float y1 = (float) box.get(0).asDouble();
        float x1 = (float) box.get(1).asDouble();
        float y2 = (float) box.get(2).asDouble();
        float x2 = (float) box.get(3).asDouble();
        return new float[] {Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)};
    }
}
