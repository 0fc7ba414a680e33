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
package io.frameflow.cli.evaluate.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.ClassMap;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final StageTimes TIMES = new StageTimes(0, 0, 0, 0, 0);

    private final Agreement agreement = new Agreement();

    private static FrameResult found(Findings findings) {
        return new FrameResult.Examined(100, 100, findings, TIMES);
    }

    private static FrameResult boxes(float[] boxes, float[] scores, int... classIds) {
        return found(Findings.of(Detections.of(boxes, scores, classIds)));
    }

    private void assertFigure(String name, double expected) {
        assertThat(agreement.figures().get(name))
                .asInstanceOf(InstanceOfAssertFactories.type(Number.class))
                .satisfies(
                        value -> assertThat(value.doubleValue()).isCloseTo(expected, within(1e-5)));
    }

    @Test
    void sameClassAndHalfTheOverlapMatch() {
        agreement.add(
                boxes(new float[] {0, 0, 10, 10, 50, 50, 8, 8}, new float[] {0.9f, 0.5f}, 1, 2),
                boxes(
                        new float[] {50, 50, 8, 8, 1, 0, 10, 10, 0, 5.1f, 10, 10},
                        new float[] {0.8f, 0.7f, 0.6f},
                        3,
                        1,
                        1));

        assertFigure("detections", 2);
        assertFigure("otherDetections", 3);
        assertFigure("matched", 1);
        assertFigure("agreement", 40);
        assertFigure("meanScoreDifference", 0.2);
        assertFigure("maxBoxDifference", 1);
        assertThat(agreement.figures().get("meanKeypointDistance")).isNull();
        assertThat(agreement.figures().get("equalPixels")).isNull();
    }

    @Test
    void eachObjectIsMatchedOnce() {
        float[] twice = {0, 0, 10, 10, 0, 0, 10, 10};
        agreement.add(
                boxes(twice, new float[] {0.9f, 0.8f}, 0, 0),
                boxes(new float[] {0, 0, 10, 10}, new float[] {0.9f}, 0));

        assertFigure("matched", 1);
        assertFigure("maxScoreDifference", 0);
    }

    @Test
    void keypointsAreComparedByTheirDistance() {
        float[] box = {0, 0, 10, 10};
        float[] score = {1};
        int[] classId = {0};
        float[] points = {1, 1, 1, 5, 5, 1};
        float[] moved = {1, 1, 1, 8, 9, 1};
        agreement.add(
                found(Findings.of(new Detections(box, score, classId, points, 2))),
                found(Findings.of(new Detections(box, score, classId, moved, 2))));

        assertFigure("meanKeypointDistance", 2.5);
        assertFigure("maxKeypointDistance", 5);
    }

    @Test
    void pixelsAreEqualOrNot() {
        agreement.add(
                found(Findings.of(ClassMap.of(4, 1, new byte[] {0, 1, 2, 3}))),
                found(Findings.of(ClassMap.of(4, 1, new byte[] {0, 1, 2, 4}))));

        assertFigure("pixels", 4);
        assertFigure("equalPixels", 75);
        assertThat(agreement.figures().get("agreement")).isNull();
    }

    @Test
    void mapsOfDifferentSizesCannotBeCompared() {
        FrameResult one = found(Findings.of(ClassMap.of(4, 1, new byte[4])));
        FrameResult other = found(Findings.of(ClassMap.of(1, 4, new byte[4])));

        assertThatIllegalArgumentException().isThrownBy(() -> agreement.add(one, other));
    }

    @Test
    void aPictureThatOnlyOneCouldReadIsCounted() {
        FrameResult rejected =
                new FrameResult.Rejected(Stage.DECODE, FailureCode.TRUNCATED_IMAGE, "ends early");
        agreement.add(rejected, rejected);
        agreement.add(found(Findings.nothing()), rejected);

        assertFigure("pictures", 2);
        assertFigure("rejectedByOne", 1);
    }
}
