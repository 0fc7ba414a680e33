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
package io.frameflow.cli.evaluate.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.ClassMap;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccuracyComparisonTest {
    private static final StageTimes TIMES = new StageTimes(0, 0, 0, 0, 0);
    private static final FrameResult NOTHING = boxes();
    private static final FrameResult REJECTED =
            new FrameResult.Rejected(Stage.DECODE, FailureCode.CORRUPT_IMAGE, "bad");

    /** Objects of class 0, ten pixels wide and high, at these places on the x axis. */
    private static FrameResult boxes(int... lefts) {
        float[] boxes = new float[4 * lefts.length];
        float[] scores = new float[lefts.length];
        for (int i = 0; i < lefts.length; i++) {
            boxes[4 * i] = lefts[i];
            boxes[4 * i + 2] = 10;
            boxes[4 * i + 3] = 10;
            scores[i] = 1 - i / 1000f;
        }
        return examined(Detections.of(boxes, scores, new int[lefts.length]));
    }

    private static FrameResult examined(Detections detections) {
        return new FrameResult.Examined(100, 100, detections, TIMES);
    }

    private static FrameResult map(int... classes) {
        byte[] ids = new byte[classes.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (byte) classes[i];
        }
        return new FrameResult.Examined(
                ids.length, 1, Findings.of(ClassMap.of(ids.length, 1, ids)), TIMES);
    }

    private static AccuracyComparison compare(FrameResult... pairs) {
        AccuracyComparison comparison = new AccuracyComparison();
        for (int i = 0; i < pairs.length; i += 2) {
            comparison.add(pairs[i], pairs[i + 1], pairs[i + 1]);
        }
        return comparison;
    }

    private static double loss(FrameResult... pairs) {
        return compare(pairs).loss().orElseThrow().points();
    }

    @Test
    void equalResultsLoseNothing() {
        assertThat(loss(boxes(0, 20, 40), boxes(0, 20, 40), NOTHING, NOTHING)).isZero();
        assertThat(loss(map(0, 0, 1), map(0, 0, 1))).isZero();
    }

    /** COCO's figures take a hundred results of a picture and class. */
    @Test
    void crowdsLoseNothingEither() {
        FrameResult crowd = boxes(IntStream.range(0, 150).map(i -> 20 * i).toArray());

        AccuracyComparison comparison = compare(crowd, crowd);

        assertThat(comparison.loss().orElseThrow().points()).isZero();
        assertThat(comparison.figures()).containsEntry("meanAP", 100.0);
    }

    @Test
    void aMissedObjectCosts() {
        // Half of the objects are found, without a mistake: precision 1 up to a recall of a half,
        // which are 51 of 101 recalls.
        assertThat(loss(boxes(0, 20), boxes(0))).isCloseTo(100 * 50 / 101.0, within(1e-9));
        assertThat(loss(boxes(0), NOTHING)).isEqualTo(100);
    }

    @Test
    void aBoxThatMovesALittleCostsOnlyAtHighOverlaps() {
        // Moved by 1 of 10 pixels: 90 / 110 = 0.82, which is above 0.8 and below 0.85.
        AccuracyComparison comparison = compare(boxes(50), boxes(51));

        assertThat(comparison.loss().orElseThrow().points()).isZero();
        assertThat((Double) comparison.figures().get("meanAP")).isCloseTo(70, within(1e-9));
        assertThat(comparison.figures()).containsEntry("metric", "AP50");
    }

    @Test
    void classesCountByTheirPixels() {
        // Class 0: 3 of 4; class 1: 1 of 2. Class 2 is in the result only, and has no weight.
        AccuracyComparison comparison = compare(map(0, 0, 0, 0, 1, 1), map(0, 0, 0, 2, 1, 2));

        assertThat(comparison.loss().orElseThrow().points())
                .isCloseTo(100 - 100 * (4 * 3 / 4.0 + 2 * 1 / 2.0) / 6, within(1e-9));
        assertThat((Double) comparison.figures().get("mIoU"))
                .isCloseTo(100 * (3 / 4.0 + 1 / 2.0) / 2, within(1e-9));
    }

    @Test
    void classesCountByTheirObjects() {
        Detections three =
                Detections.of(
                        new float[] {0, 0, 10, 10, 20, 0, 10, 10, 40, 0, 10, 10},
                        new float[] {0.9f, 0.8f, 0.7f},
                        new int[] {0, 0, 1});
        Detections two =
                Detections.of(
                        new float[] {0, 0, 10, 10, 20, 0, 10, 10},
                        new float[] {0.9f, 0.8f},
                        new int[] {0, 0});
        AccuracyComparison comparison = compare(examined(three), examined(two));

        assertThat(comparison.loss().orElseThrow().points()).isCloseTo(100 / 3.0, within(1e-9));
        assertThat((Double) comparison.figures().get("meanAP50")).isCloseTo(50, within(1e-9));
    }

    /** The second object has fallen below the threshold, and another one lies between. */
    @Test
    void anObjectBelowTheThresholdIsNotLost() {
        AccuracyComparison comparison = new AccuracyComparison();
        comparison.add(boxes(0, 20), boxes(0), boxes(0, 60, 20));

        // Precision 1 up to a recall of a half, 2 of 3 from there on.
        assertThat(comparison.loss().orElseThrow().points())
                .isCloseTo(100 * 50 / 101.0 / 3, within(1e-9));
        assertThat(comparison.figures()).containsEntry("matched", 1L);
    }

    @Test
    void whatTheResultRejectsIsMissed() {
        assertThat(loss(boxes(0), REJECTED)).isEqualTo(100);
        assertThat(loss(map(0, 1), REJECTED)).isEqualTo(100);
    }

    @Test
    void whatTheReferenceRejectsDoesNotCount() {
        AccuracyComparison comparison = compare(REJECTED, boxes(7), boxes(0), boxes(0));

        assertThat(comparison.loss().orElseThrow().points()).isZero();
        assertThat(comparison.figures())
                .containsEntry("rejectedByReference", 1)
                .containsEntry("pictures", 2);
    }

    @Test
    void nothingFoundIsNoMeasure() {
        assertThat(compare(NOTHING, boxes(5)).loss()).isEmpty();
        assertThat(compare(NOTHING, boxes(5)).figures()).doesNotContainKey("loss");
    }
}
