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

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.frameflow.result.Detections;

/** Compares detections with golden ones. */
final class GoldenDetections {
    private static final float PIXELS = 0.05f;
    private static final float SCORE = 1e-5f;

    private GoldenDetections() {}

    /** Nothing is missing, nothing is invented, and everything is where it belongs. */
    static void assertEqual(Detections found, JsonNode expected) {
        assertThat(found.count()).isEqualTo(expected.size()).isPositive();
        int keypoints = 0;
        for (JsonNode detection : expected) {
            int partner = partner(found, detection);
            assertThat(partner).as("partner of %s", detection).isNotNegative();
            if (detection.has("keypoints")) {
                JsonNode points = detection.get("keypoints");
                int at = partner * points.size();
                for (int i = 0; i < points.size(); i++) {
                    assertThat(near(found.keypoints()[at + i], points.get(i), PIXELS)).isTrue();
                }
                keypoints++;
            }
        }
        assertThat(keypoints > 0).isEqualTo(found.keypointCount() > 0);
    }

    private static int partner(Detections found, JsonNode detection) {
        for (int i = 0; i < found.count(); i++) {
            boolean matches =
                    found.classIds()[i] == detection.get("class").asInt()
                            && near(found.scores()[i], detection.get("score"), SCORE);
            for (int side = 0; side < 4; side++) {
                matches &=
                        near(found.boxes()[4 * i + side], detection.get("box").get(side), PIXELS);
            }
            if (matches) {
                return i;
            }
        }
        return -1;
    }

    private static boolean near(float actual, JsonNode expected, float tolerance) {
        return Math.abs(actual - expected.asDouble()) <= tolerance;
    }
}
