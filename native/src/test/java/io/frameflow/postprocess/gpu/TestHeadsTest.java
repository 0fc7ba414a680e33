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

import io.frameflow.engine.ElementType;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.postprocess.family.Postprocessors;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The outputs that the card is tested with are such that a kernel which ignores the thresholds of a
 * frame finds another number of objects than its twin.
 */
class TestHeadsTest {
    static Stream<Family> families() {
        return Arrays.stream(Family.values()).filter(Family::findsObjects);
    }

    @ParameterizedTest
    @MethodSource("families")
    void thresholdsOfFramesMatter(Family family) {
        assertThresholdsMatter(TestHeads.forFrameThresholds(family));
    }

    @ParameterizedTest
    @EnumSource(names = {"YOLOV5", "YOLOV8"})
    void thresholdsOfFramesMatterBesideThoseOfClasses(Family family) {
        assertThresholdsMatter(TestHeads.yolo(family, 640, 640, 1000, 4, TestHeads.byClass()));
    }

    private static void assertThresholdsMatter(TestHead head) {
        Postprocessor twin = Postprocessors.of(head.model(), head.signature(ElementType.FLOAT32));
        DetectionThresholds usual = head.model().thresholds();
        for (int image = 0; image < TestHeads.BATCH; image++) {
            FrameSettings settings = TestHeads.FRAME_SETTINGS.get(image);
            Float score = settings.scoreThreshold();
            DetectionThresholds own = usual.with(score, settings.nmsIouThreshold());
            int found = count(twin, head, image, own);

            if (score != null || !head.model().family().suppressesItself()) {
                assertThat(found)
                        .as("image %d", image)
                        .isPositive()
                        .isNotEqualTo(count(twin, head, image, usual));
            }
        }
    }

    private static int count(
            Postprocessor twin, TestHead head, int image, DetectionThresholds thresholds) {
        int width = head.model().input().width();
        int height = head.model().input().height();
        Letterbox letterbox = Letterbox.of(Scaling.CENTERED, 1280, 720, width, height);
        return twin.process(head.buffers(), image, letterbox, thresholds).detections().count();
    }
}
