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
package io.frameflow.cli.evaluate.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our figures against those that pycocotools gave for the same files. */
class PublishedFiguresTest {
    private static final Map<String, Path> RESULTS =
            Map.of(
                    "mmpose_test_coco_det_AP_H_56.json",
                    Path.of("images/coco-with-truth/test_coco_det_AP_H_56.json"),
                    "yolov5n_coco4_person_results.json",
                    Path.of("expected/yolov5n_coco4_person_results.json"));

    @ParameterizedTest
    @CsvSource({"mmpose_test_coco_det_AP_H_56.json", "yolov5n_coco4_person_results.json"})
    void equalThoseOfPycocotools(String name) throws IOException {
        Path data = referenceData();
        JsonNode published =
                new ObjectMapper()
                        .readTree(data.resolve("expected/coco4_pycocotools_stats.json").toFile());
        List<String> order = List.of(published.get("order").textValue().split(" ", -1));

        Map<String, Double> figures =
                new DetectionEvaluation(EvaluationKind.BBOX)
                        .evaluate(
                                data.resolve("images/coco-with-truth/test_coco.json"),
                                data.resolve(RESULTS.getOrDefault(name, Path.of(name))));

        assertThat(figures.keySet()).containsExactlyElementsOf(order);
        for (int i = 0; i < order.size(); i++) {
            assertThat(figures.get(order.get(i)) / 100)
                    .as(order.get(i))
                    .isCloseTo(published.get(name).get(i).doubleValue(), within(1e-5));
        }
    }

    private static Path referenceData() {
        String folder = System.getenv("FRAMEFLOW_REFERENCE_DATA");
        assumeTrue(
                folder != null && Files.isDirectory(Path.of(folder)),
                "no reference data: FRAMEFLOW_REFERENCE_DATA is " + folder);
        return Path.of(folder);
    }
}
