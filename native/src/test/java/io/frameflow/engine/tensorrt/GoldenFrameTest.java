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
package io.frameflow.engine.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.engine.ElementType;
import io.frameflow.engine.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GoldenFrameTest {
    private static GoldenFrame frame(float... samples) {
        List<Float> list = new java.util.ArrayList<>();
        for (float sample : samples) {
            list.add(sample);
        }
        return new GoldenFrame(List.of(new GoldenOutput("output0", list)));
    }

    @Test
    void agreesWithItself() {
        assertThat(Plans.golden().difference(Plans.golden())).isEmpty();
    }

    /** The largest recorded number is 200, so that 2 is allowed. */
    @ParameterizedTest
    @CsvSource({
        "2.0, true", // at the limit
        "-1.9, true",
        "2.1, false",
        "NaN, false",
    })
    void allowsASmallDifference(float found, boolean same) {
        assertThat(frame(0, -200).difference(frame(found, -200)).isEmpty()).isEqualTo(same);
    }

    @Test
    void allowsNoDifferenceOfNothing() {
        assertThat(frame(0, 0).difference(frame(0, 1e-20f))).isPresent();
    }

    @Test
    void takesOnlyWhatIsNoNumberForWhatIsNoNumber() {
        assertThat(frame(Float.NaN).difference(frame(Float.NaN))).isEmpty();
        assertThat(frame(Float.NaN).difference(frame(0))).isPresent();
    }

    @Test
    void comparesNamesAndLengths() {
        assertThat(frame(1).difference(frame(1, 1))).isPresent();
        assertThat(frame(1).difference(new GoldenFrame(List.of()))).isPresent();
        assertThat(
                        frame(1).difference(
                                        new GoldenFrame(
                                                List.of(new GoldenOutput("other", List.of(1f))))))
                .hasValueSatisfying(text -> assertThat(text).contains("other", "output0"));
    }

    @ParameterizedTest
    @EnumSource(value = ElementType.class, mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void writesAndReadsEveryType(ElementType type) {
        TensorInfo tensor = new TensorInfo("x", type, List.of(1, 700));
        ByteBuffer contents =
                ByteBuffer.allocateDirect(700 * type.bytes()).order(ByteOrder.nativeOrder());
        ByteBuffer again =
                ByteBuffer.allocateDirect(700 * type.bytes()).order(ByteOrder.nativeOrder());

        GoldenRun.fill(tensor, contents);
        GoldenRun.fill(tensor, again);

        assertThat(contents).isEqualTo(again);
        List<Float> samples = GoldenRun.sample(tensor, contents).samples();
        assertThat(samples).hasSize(512).doesNotContain(Float.NaN);
        assertThat(samples.stream().distinct().count()).isGreaterThan(150);
    }

    @Test
    void fillsWithNumbersFromZeroToOneEvenly() {
        TensorInfo tensor = new TensorInfo("x", ElementType.FLOAT32, List.of(1, 512));
        ByteBuffer contents = ByteBuffer.allocateDirect(2048).order(ByteOrder.nativeOrder());

        GoldenRun.fill(tensor, contents);

        List<Float> samples = GoldenRun.sample(tensor, contents).samples();
        assertThat(samples).allMatch(value -> value >= 0 && value < 1);
        assertThat(samples.stream().mapToDouble(Float::doubleValue).average().orElseThrow())
                .isBetween(0.45, 0.55);
    }
}
