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

import com.fasterxml.jackson.databind.JsonNode;
import io.frameflow.reference.ReferenceData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What others say that greedy suppression keeps: ONNX's own cases for its NonMaxSuppression
 * operator, and random boxes judged by {@code torchvision.ops.nms} and {@code batched_nms}.
 *
 * @param name where the case is from
 * @param candidates what is suppressed
 * @param overlapThreshold intersection over union above which a box is suppressed
 * @param most most boxes that are kept
 * @param classAgnostic whether boxes suppress those of other classes
 * @param keptAnchors anchors of the boxes that are kept, best first
 */
public record SuppressionCase(
        String name,
        Candidates candidates,
        float overlapThreshold,
        int most,
        boolean classAgnostic,
        List<Integer> keptAnchors) {

    /** The operator works on each class of each image by itself: one case for each of them. */
    public static List<SuppressionCase> onnx() throws IOException {
        List<SuppressionCase> cases = new ArrayList<>();
        for (JsonNode one : ReferenceData.json("nms/onnx/cases.json")) {
            JsonNode scores = one.get("scores");
            for (int image = 0; image < scores.size(); image++) {
                for (int classId = 0; classId < scores.get(image).size(); classId++) {
                    cases.add(onnx(one, image, classId));
                }
            }
        }
        return cases;
    }

    private static SuppressionCase onnx(JsonNode one, int image, int classId) {
        List<Integer> kept = new ArrayList<>();
        for (JsonNode row : one.get("selected_indices")) {
            if (row.get(0).asInt() == image && row.get(1).asInt() == classId) {
                kept.add(row.get(2).asInt());
            }
        }
        return new SuppressionCase(
                "%s, image %d, class %d".formatted(one.get("name").asText(), image, classId),
                onnxCandidates(one, image, classId),
                (float) one.get("iou_threshold").asDouble(),
                one.get("max_output_boxes_per_class").asInt(),
                false,
                kept);
    }

    private static Candidates onnxCandidates(JsonNode one, int image, int classId) {
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

    /** Each set of boxes once over all classes and once by class. */
    public static List<SuppressionCase> torchvision() throws IOException {
        List<SuppressionCase> cases = new ArrayList<>();
        for (JsonNode one : ReferenceData.json("nms/torchvision_cases.json").get("cases")) {
            Candidates candidates = torchvisionCandidates(one);
            float threshold = (float) one.get("iou").asDouble();
            int all = candidates.count();
            String name = "%d boxes at %s".formatted(all, threshold);
            cases.add(
                    new SuppressionCase(
                            name + ", any class",
                            candidates,
                            threshold,
                            all,
                            true,
                            integers(one.get("keep_nms"))));
            cases.add(
                    new SuppressionCase(
                            name + ", by class",
                            candidates,
                            threshold,
                            all,
                            false,
                            integers(one.get("keep_classwise"))));
        }
        return cases;
    }

    private static Candidates torchvisionCandidates(JsonNode one) {
        JsonNode boxes = one.get("boxes_xyxy");
        Candidates candidates = new Candidates(Math.max(1, boxes.size()));
        for (int i = 0; i < boxes.size(); i++) {
            JsonNode box = boxes.get(i);
            candidates.add(
                    i,
                    (float) box.get(0).asDouble(),
                    (float) box.get(1).asDouble(),
                    (float) box.get(2).asDouble(),
                    (float) box.get(3).asDouble(),
                    (float) one.get("scores").get(i).asDouble(),
                    one.get("labels").get(i).asInt());
        }
        return candidates;
    }

    private static List<Integer> integers(JsonNode numbers) {
        return StreamSupport.stream(numbers.spliterator(), false).map(JsonNode::asInt).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
