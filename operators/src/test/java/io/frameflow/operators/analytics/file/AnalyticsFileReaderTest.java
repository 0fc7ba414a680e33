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
package io.frameflow.operators.analytics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.analytics.AnalyticsConfiguration;
import io.frameflow.operators.analytics.CameraRules;
import io.frameflow.operators.analytics.ClassFilter;
import io.frameflow.operators.analytics.DirectionMode;
import io.frameflow.operators.analytics.DirectionRule;
import io.frameflow.operators.analytics.LineRule;
import io.frameflow.operators.analytics.OvercrowdingRule;
import io.frameflow.operators.analytics.Point;
import io.frameflow.operators.analytics.ZoneRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyticsFileReaderTest {
    @TempDir private Path folder;

    @Test
    void allKeysReachTheirRules() throws IOException {
        CameraRules rules =
                camera(
                        """
                        property:
                          config-width: 200
                          config-height: 100
                        cameras:
                          north:
                            roi-filtering:
                              enable: 1
                              roi-door: 0;0;100;0;100;50;0;50;
                              inverse-roi: 1
                              class-id: 0;2
                            overcrowding:
                              roi-queue: 0;0;200;0;200;100
                              object-threshold: 5
                              time-threshold: 1500
                              class-id: 0
                            line-crossing:
                              line-crossing-entry: 50;50;150;50;100;0;100;100
                              extended: 1
                              mode: strict
                            direction-detection:
                              direction-south: 100;0;100;100
                              mode: loose
                              class-id: -1
                        """);

        assertThat(rules.zones())
                .containsExactly(
                        new ZoneRule(
                                "door",
                                List.of(
                                        new Point(0, 0),
                                        new Point(0.5, 0),
                                        new Point(0.5, 0.5),
                                        new Point(0, 0.5)),
                                true,
                                new ClassFilter(Set.of(0, 2))));
        assertThat(rules.overcrowding())
                .containsExactly(
                        new OvercrowdingRule(
                                "queue",
                                List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1)),
                                5,
                                1_500_000,
                                new ClassFilter(Set.of(0))));
        assertThat(rules.lines())
                .containsExactly(
                        new LineRule(
                                "entry",
                                new Point(0.25, 0.5),
                                new Point(0.75, 0.5),
                                new Point(0.5, 0),
                                new Point(0.5, 1),
                                true,
                                DirectionMode.STRICT,
                                ClassFilter.ALL));
        assertThat(rules.directions())
                .containsExactly(
                        new DirectionRule(
                                "south",
                                new Point(0.5, 0),
                                new Point(0.5, 1),
                                DirectionMode.LOOSE,
                                ClassFilter.ALL));
    }

    @Test
    void defaultsAreThoseOfNvdsanalytics() throws IOException {
        CameraRules rules =
                camera(
                        """
                        cameras:
                          north:
                            roi-filtering: {roi-a: 0;0;1;0;1;1}
                            overcrowding: {roi-a: 0;0;1;0;1;1, object-threshold: 2}
                            line-crossing: {line-crossing-a: 0;0;1;0;0.5;0;0.5;1}
                        """);

        assertThat(rules.zones().get(0).inverse()).isFalse();
        assertThat(rules.zones().get(0).classes()).isEqualTo(ClassFilter.ALL);
        assertThat(rules.overcrowding().get(0).timeThresholdMicros()).isZero();
        assertThat(rules.lines().get(0).extended()).isFalse();
        assertThat(rules.lines().get(0).mode()).isEqualTo(DirectionMode.BALANCED);
    }

    @Test
    void aGroupMayBeAListAndBeSwitchedOff() throws IOException {
        CameraRules rules =
                camera(
                        """
                        cameras:
                          north:
                            roi-filtering:
                            - {roi-a: 0;0;1;0;1;1, roi-b: 0;0;1;0;0;1, class-id: 0}
                            - {roi-c: 0;0;1;0;1;1, class-id: 2}
                            - {roi-d: 0;0;1;0;1;1, enable: 0}
                        """);

        assertThat(rules.zones()).extracting(ZoneRule::label).containsExactly("a", "b", "c");
        assertThat(rules.zones())
                .extracting(zone -> zone.classes().classIds())
                .containsExactly(Set.of(0), Set.of(0), Set.of(2));
    }

    @Test
    void aCameraMayHaveASizeOfItsOwn() throws IOException {
        CameraRules rules =
                camera(
                        """
                        property: {config-width: 200, config-height: 100}
                        cameras:
                          north:
                            config-width: 2000
                            config-height: 1000
                            roi-filtering: {roi-a: 0;0;1000;0;1000;500}
                        """);

        assertThat(rules.zones().get(0).polygon()).endsWith(new Point(0.5, 0.5));
    }

    @Test
    void aFileWithoutCamerasIsNoConfiguration() {
        assertThat(failure("property: {config-width: 200, config-height: 100}\n"))
                .contains("cameras: missing");
        assertThat(failure("")).contains("the file is empty");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        String failure =
                failure(
                        """
                        property:
                          config-width: 1920
                        cameras:
                          north:
                            roi-filterin:
                              roi-a: 0;0;1;0;1;1
                            line-crossing:
                              line-crossing-a: 0;0;1;1;0;0;1;1
                              modus: strict
                          south:
                            overcrowding:
                              roi-a: 0;0;0.5
                              class_id: 0
                        """);

        assertThat(failure)
                .contains("7 problems")
                .contains("line 2: property.config-height: missing; give both")
                .contains("line 5: cameras.north.roi-filterin: unknown key")
                .contains("did you mean 'roi-filtering'?")
                .contains("line 8: cameras.north.line-crossing.line-crossing-a: the direction")
                .contains("line 9: cameras.north.line-crossing.modus: unknown key")
                .contains("cameras.south.overcrowding.object-threshold: missing")
                .contains("did you mean 'class-id'?");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    roi-filtering       | {roi-a: 0;0;1;0;1;2}                | point 3 (1.0;2.0) is not in the picture
                    roi-filtering       | {roi-a: 0;0;1;0;1;-0.1}             | expected fractions from 0 to 1
                    roi-filtering       | {roi-a: 0;0;1;0;1;NaN}              | is not in the picture
                    roi-filtering       | {roi-a: 0;0;1;0}                    | expected x;y of 3 to 100 points
                    roi-filtering       | {roi-a: 0;0;1;0;1}                  | expected x;y of 3 to 100 points
                    roi-filtering       | {roi-a: 0;0;;1;0;1}                 | expected x;y of 3 to 100 points
                    roi-filtering       | {roi-a: [0, 0]}                     | expected x;y of 3 to 100 points
                    roi-filtering       | {roi-a: 0;0;1;1;1;0;0;1}            | edges of the polygon cross or touch
                    roi-filtering       | {roi-: 0;0;1;0;1;1}                 | expected a label
                    roi-filtering       | {class-id: 0}                       | roi-<label>: missing
                    roi-filtering       | {roi-a: 0;0;1;0;1;1, class-id: x}   | expected -1 for all classes
                    roi-filtering       | {roi-a: 0;0;1;0;1;1, class-id: -2}  | expected -1 for all classes
                    roi-filtering       | {roi-a: 0;0;1;0;1;1, enable: 2}     | expected 0 or 1
                    roi-filtering       | {roi-a: 0;0;1;0;1;1, mode: loose}   | unknown key
                    roi-filtering       | [{roi-a: 0;0;1;0;1;1}, {roi-a: 0;0;1;0;1;1}] | has one with this label already
                    overcrowding        | {roi-a: 0;0;1;0;1;1}                | object-threshold: missing
                    overcrowding        | {roi-a: 0;0;1;0;1;1, object-threshold: 0} | a whole number from 1 to 100000
                    overcrowding        | {roi-a: 0;0;1;0;1;1, object-threshold: 1, time-threshold: -1} | a whole number from 0
                    line-crossing       | {line-crossing-a: 0;0;1;0}          | expected x;y of 4 points
                    line-crossing       | {line-crossing-a: 0;0;0;0;1;0;1;1}  | must lead across the line
                    line-crossing       | {line-crossing-a: 0;0;1;0;1;1;1;1}  | must lead across the line
                    line-crossing       | {line-crossing-a: 0;0;1;0;0.5;0;0.5;1, mode: hard} | one of: balanced, loose, strict
                    direction-detection | {direction-a: 0;0;0;0}              | the two points are the same
                    direction-detection | {direction-a: 0;0;1;0;1;1}          | expected x;y of 2 points
                    """)
    void whatIsWrongIsTold(String group, String value, String expected) {
        assertThat(failure("cameras:\n  north:\n    " + group + ": " + value + "\n"))
                .contains("1 problem:")
                .contains(expected);
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> AnalyticsFileReader.read(folder.resolve("none.yaml")))
                .withMessageContaining("there is no analytics file")
                .extracting(FrameflowException::code)
                .isEqualTo(FailureCode.INVALID_ANALYTICS_FILE);
    }

    @Test
    void theExampleIsValid() {
        AnalyticsConfiguration example =
                AnalyticsFileReader.read(Path.of("..", "deploy", "analytics", "analytics.yaml"));

        assertThat(example.cameras()).isNotEmpty();
    }

    private CameraRules camera(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("analytics.yaml"), text);
        return Objects.requireNonNull(AnalyticsFileReader.read(file).of("north"));
    }

    private String failure(String text) {
        try {
            camera(text);
        } catch (FrameflowException e) {
            assertThat(e.code()).isEqualTo(FailureCode.INVALID_ANALYTICS_FILE);
            return e.getMessage();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("this is valid:\n" + text);
    }
}
