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
import io.frameflow.model.Family;
import io.frameflow.postprocess.family.Postprocessors;
import io.frameflow.result.Detections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be seen without a card of the heads that kernels read. */
class GpuHeadTest {
    @ParameterizedTest
    @CsvSource({
        "YOLOV5, 16, 0",
        "YOLOV8_POSE, 16, 17",
        "YOLO5FACE, 16, 5",
        "YUNET, 1344, 5",
        "YUFACEDETECTNET, 3760, 5",
        "ULTRAFACE, 3760, 0"
    })
    void saysHowMuchRoomItNeeds(Family family, int anchors, int keypoints) {
        int width = family.name().startsWith("YOLO") ? 240 : 256;
        TestHead network = TestHeads.of(family, width, 256);

        GpuHead head = GpuHead.of(network.model(), network.signature(ElementType.FLOAT16));

        assertThat(head.anchors()).isEqualTo(anchors);
        assertThat(head.keypoints()).isEqualTo(keypoints);
    }

    /** The random outputs that the kernels are tested with are such that something is found. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void testsWithOutputsThatTheTwinUnderstands(Family family) {
        TestHead head = TestHeads.of(family, 256, 256);

        Detections found =
                Postprocessors.of(head.model(), head.signature(ElementType.FLOAT32))
                        .process(
                                head.buffers(),
                                2,
                                Letterbox.of(Scaling.CENTERED, 256, 256, 256, 256),
                                head.model().thresholds())
                        .detections();

        assertThat(found.count()).isPositive();
        assertThat(found.keypointCount()).isEqualTo(head.model().keypointNames().size());
    }
}
