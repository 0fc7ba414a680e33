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
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Random boxes judged by {@code torchvision.ops.nms} and {@code batched_nms}. */
class TorchvisionTest {

    @Test
    void selectsAsTorchvisionDoes() throws IOException {
        JsonNode cases = ReferenceData.json("nms/torchvision_cases.json").get("cases");
        assertThat(cases).hasSizeGreaterThanOrEqualTo(30);
        GreedyNms nms = new GreedyNms(1000);

        for (JsonNode one : cases) {
            Candidates candidates = candidates(one);
            float threshold = (float) one.get("iou").asDouble();
            int all = candidates.count();

            assertThat(nms.select(candidates, threshold, all, true))
                    .as("%d boxes at %s, any class", all, threshold)
                    .containsExactly(integers(one.get("keep_nms")));
            assertThat(nms.select(candidates, threshold, all, false))
                    .as("%d boxes at %s, by class", all, threshold)
                    .containsExactly(integers(one.get("keep_classwise")));
        }
    }

    private static Candidates candidates(JsonNode one) {
        JsonNode boxes = one.get("boxes_xyxy");
        Candidates candidates = new Candidates(1);
        IntStream.range(0, boxes.size())
                .forEach(
                        i ->
                                candidates.add(
                                        i,
                                        (float) boxes.get(i).get(0).asDouble(),
                                        (float) boxes.get(i).get(1).asDouble(),
                                        (float) boxes.get(i).get(2).asDouble(),
                                        (float) boxes.get(i).get(3).asDouble(),
                                        (float) one.get("scores").get(i).asDouble(),
                                        one.get("labels").get(i).asInt()));
        return candidates;
    }

    private static int[] integers(JsonNode numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
