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
package io.frameflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassRulesTest {
    private static final String LEAST =
            """
            name: detector
            task: detection
            family: yolov8
            onnx: network.onnx
            input: {width: 640, height: 480}
            """;
    private static final String LABELS = "labels: [person, car, bus]\n";

    @TempDir private Path folder;

    private ClassRules read(String text) throws IOException {
        Files.write(folder.resolve("network.onnx"), new byte[] {1});
        Path file = Files.writeString(folder.resolve("model.yaml"), LEAST + text);
        return ModelFileReader.read(file).thresholds().classRules();
    }

    @Test
    void areNoneWhereTheFileSaysNothing() throws IOException {
        ClassRules rules = read(LABELS);

        assertThat(rules).isEqualTo(ClassRules.NONE);
        assertThat(rules.differInScore()).isFalse();
        assertThat(rules.limitObjects()).isFalse();
        assertThat(rules.scoreThreshold(2, 0.25f)).isEqualTo(0.25f);
    }

    @Test
    void areReadByLabelAndByNumber() throws IOException {
        ClassRules rules =
                read(
                        LABELS
                                + """
                                class-attrs:
                                  all: {detected-min-w: 8, detected-min-h: 4.5}
                                  person: {pre-cluster-threshold: 0.4, detected-min-h: 20}
                                  1: {detected-max-w: 300, detected-max-h: 200,
                                      roi-top-offset: 10, roi-bottom-offset: 5}
                                filter-out-class-ids: [2]
                                """);

        assertThat(rules)
                .isEqualTo(
                        new ClassRules(
                                new ObjectLimits(8, 4.5f, 0, 0, 0, 0),
                                Map.of(
                                        0, new ObjectLimits(8, 20, 0, 0, 0, 0),
                                        1, new ObjectLimits(8, 4.5f, 300, 200, 10, 5)),
                                Map.of(0, 0.4f),
                                Set.of(2)));
        assertThat(rules.scoreThreshold(0, 0.25f)).isEqualTo(0.4f);
        assertThat(rules.scoreThreshold(1, 0.25f)).isEqualTo(0.25f);
        assertThat(rules.scoreThreshold(2, 0.25f)).isInfinite();
        assertThat(rules.limits(7)).isEqualTo(rules.limits());
    }

    @Test
    void takeNumbersBeyondAnyLabelWhereThereAreNone() throws IOException {
        ClassRules rules = read("class-attrs: {90: {pre-cluster-threshold: 0.1}}\n");

        assertThat(rules.thresholdByClass()).containsExactly(Map.entry(90, 0.1f));
        assertThat(rules.leastScoreThreshold(0.25f)).isEqualTo(0.1f);
        assertThat(rules.leastScoreThreshold(0.05f)).isEqualTo(0.05f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class-attrs: {truck: {detected-min-w: 1}} # expected 'all', a label, or the number",
                "class-attrs: {3: {detected-min-w: 1}} # number of a class from 0 to 2",
                "class-attrs: {0: {}, person: {}} # is the same class as '0'",
                "class-attrs: {car: {detected-min-w: -1}} # a number from 0.0 to",
                "class-attrs: {car: {detected-min-w: 9, detected-max-w: 8}} # less than the lower",
                "class-attrs: {all: {detected-min-h: 9}, car: {detected-max-h: 8}} # less than",
                "class-attrs: {car: {pre-cluster-threshold: 1.5}} # a number from 0.0 to 1.0",
                "class-attrs: {car: {detected-min-ww: 5}} # did you mean 'detected-min-w'",
                "class-attrs: {all: {pre-cluster-threshold: 0.5}} # thresholds.pre-cluster-threshold",
                "class-attrs: 5 # expected keys with values",
                "filter-out-class-ids: [3] # there is no class 3",
                "filter-out-class-ids: [1, 1] # is there already",
                "filter-out-class-ids: [car] # a whole number"
            })
    void areRefusedWhereTheyAreWrong(String row) {
        String[] parts = row.split(" # ", 2);

        assertThatThrownBy(() -> read(LABELS + parts[0] + "\n"))
                .isInstanceOf(FrameflowException.class)
                .hasMessageContaining("1 problem:")
                .hasMessageContaining(parts[1]);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 20, true",
        "0, 9.9, 20, false",
        "0, 10, 19.9, false",
        "0, 40, 50, true",
        "0, 40.1, 50, false",
        "0, 40, 50.1, false",
        "5, 10, 20, true",
        "4.9, 10, 20, false",
        "72, 10, 20, true",
        "72.1, 10, 20, false"
    })
    void admitWhatLiesWithinTheLimits(float top, float width, float height, boolean admitted) {
        float roiTop = top == 0 ? 0 : 5;
        ObjectLimits limits = new ObjectLimits(10, 20, 40, 50, roiTop, 8);

        assertThat(limits.admit(top, width, height, 100)).isEqualTo(admitted);
    }
}
