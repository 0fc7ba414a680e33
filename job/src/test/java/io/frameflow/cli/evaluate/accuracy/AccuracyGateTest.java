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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate with engines that find a given number of objects in every picture. */
class AccuracyGateTest {
    private static final Path PLAN = Path.of("some.plan");

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final List<String> steps = new ArrayList<>();
    private final List<Path> judged = new ArrayList<>();
    private int open;

    @BeforeEach
    void writePictures() throws IOException {
        for (String name : List.of("a.jpg", "b.jpg")) {
            Files.write(folder.resolve(name), new byte[] {1});
        }
    }

    /** Finds so many objects, one beside the other. */
    private final class Finder implements FramePipeline {
        private final int objects;

        Finder(int objects) {
            this.objects = objects;
            open++;
        }

        @Override
        public ModelDescription model() {
            return new ModelDescription("m", "1", "fp32", "fake", List.of(), List.of());
        }

        @Override
        public int maxBatchSize() {
            return 1;
        }

        @Override
        public int maxBatchesInFlight() {
            return 1;
        }

        @Override
        public CompletableFuture<List<FrameResult>> submit(List<EncodedFrame> frames) {
            float[] boxes = new float[4 * objects];
            float[] scores = new float[objects];
            for (int i = 0; i < objects; i++) {
                boxes[4 * i] = 20 * i;
                boxes[4 * i + 2] = 10;
                boxes[4 * i + 3] = 10;
                scores[i] = 0.9f;
            }
            Detections found = Detections.of(boxes, scores, new int[objects]);
            return CompletableFuture.completedFuture(
                    List.of(
                            new FrameResult.Examined(
                                    2000, 100, found, new StageTimes(0, 0, 0, 0, 0))));
        }

        @Override
        public void close() {
            open--;
        }
    }

    private AccuracyGate gate(int expected, int found, double limit, boolean accepted) {
        return new AccuracyGate(
                new AccuracyMeasurement(
                        List.of(folder.resolve("a.jpg"), folder.resolve("b.jpg")), steps::add),
                () -> new Finder(expected),
                plan -> {
                    assertThat(open).as("one engine at a time").isZero();
                    judged.add(plan);
                    return new Finder(found);
                },
                new AccuracyGate.Limit(limit, accepted),
                new PrintWriter(out));
    }

    @Test
    void letsAPlanPassThatLosesLittle() {
        // 98 of 100 are found without a mistake: 99 of 101 recalls, a loss of 1.98.
        assertThatCode(() -> gate(100, 98, 2, false).judge(PLAN)).doesNotThrowAnyException();

        assertThat(judged).containsExactly(PLAN);
        assertThat(open).as("engines left open").isZero();
        assertThat(out.toString()).contains("AP50", "98.020", "1.980");
        assertThat(steps)
                .containsExactly(
                        "accuracy of single precision, picture 1 of 2",
                        "accuracy of single precision, picture 2 of 2",
                        "accuracy of the plan, picture 1 of 2",
                        "accuracy of the plan, picture 2 of 2");
    }

    @Test
    void stopsAPlanThatLosesMore() {
        assertThatThrownBy(() -> gate(100, 98, 1.9, false).judge(PLAN))
                .hasMessageContainingAll(
                        "1.98 points of AP50",
                        "1.90",
                        "--accept-accuracy-loss",
                        "--fp16-layers",
                        "not stored")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_PLAN);
        assertThat(out.toString()).as("the table all the same").contains("1.980");
        assertThat(open).isZero();
    }

    @Test
    void letsPassWhatIsAccepted() {
        assertThatCode(() -> gate(100, 0, 1, true).judge(PLAN)).doesNotThrowAnyException();
        assertThat(out.toString()).contains("100.000");
    }

    @Test
    void doesNotPassWhatCannotBeMeasured() {
        assertThatThrownBy(() -> gate(0, 5, 1, false).judge(PLAN))
                .hasMessageContaining("finds nothing")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_SETTINGS);
    }

    @Test
    void saysWhichPictureIsMissing() throws IOException {
        Files.delete(folder.resolve("b.jpg"));

        assertThatThrownBy(() -> gate(1, 1, 1, false).judge(PLAN))
                .hasMessageContaining("b.jpg")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_SETTINGS);
        assertThat(open).isZero();
    }
}
