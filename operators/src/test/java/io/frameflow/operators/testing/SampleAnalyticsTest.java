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
package io.frameflow.operators.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.analytics.AnalyticsConfiguration;
import io.frameflow.operators.analytics.CameraRules;
import io.frameflow.operators.analytics.DirectionRule;
import io.frameflow.operators.analytics.LineRule;
import io.frameflow.operators.analytics.OvercrowdingRule;
import io.frameflow.operators.analytics.ZoneRule;
import io.frameflow.operators.analytics.file.AnalyticsFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleAnalyticsTest {
    private static final List<String> CAMERAS = List.of("north", "south");

    @TempDir private Path folder;

    private AnalyticsConfiguration read(String text) throws IOException {
        return AnalyticsFileReader.read(Files.writeString(folder.resolve("a.yaml"), text));
    }

    private static void assertZonesAndLines(CameraRules rules) {
        assertThat(rules.zones()).extracting(ZoneRule::label).containsExactly("middle");
        assertThat(rules.overcrowding())
                .extracting(OvercrowdingRule::label)
                .containsExactly("picture");
        assertThat(rules.lines())
                .extracting(LineRule::label)
                .containsExactlyInAnyOrder("right", "left");
    }

    @Test
    void eachCameraHasZonesAndLines() throws IOException {
        assertThat(read(SampleAnalytics.zonesAndLines(CAMERAS)).cameras())
                .containsOnlyKeys(CAMERAS)
                .allSatisfy(
                        (camera, rules) -> {
                            assertZonesAndLines(rules);
                            assertThat(rules.directions()).isEmpty();
                        });
    }

    @Test
    void directionsComeBesides() throws IOException {
        assertThat(read(SampleAnalytics.withDirections(CAMERAS)).cameras())
                .containsOnlyKeys(CAMERAS)
                .allSatisfy(
                        (camera, rules) -> {
                            assertZonesAndLines(rules);
                            assertThat(rules.directions())
                                    .extracting(DirectionRule::label)
                                    .containsExactlyInAnyOrder("right", "left");
                        });
    }
}
