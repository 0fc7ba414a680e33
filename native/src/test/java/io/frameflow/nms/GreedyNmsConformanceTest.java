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
package io.frameflow.nms;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.reference.ReferenceData;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Greedy suppression keeps what ONNX and torchvision say. */
class GreedyNmsConformanceTest {
    private final GreedyNms nms = new GreedyNms(1000);

    static List<SuppressionCase> onnx() throws IOException {
        return SuppressionCase.onnx();
    }

    static List<SuppressionCase> torchvision() throws IOException {
        return SuppressionCase.torchvision();
    }

    @Test
    void noCaseIsMissing() throws IOException {
        assertThat(ReferenceData.json("nms/onnx/cases.json")).hasSize(10);
        assertThat(torchvision()).hasSizeGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest
    @MethodSource({"onnx", "torchvision"})
    void keepsWhatOthersKeep(SuppressionCase one) {
        int[] kept =
                nms.select(
                        one.candidates(), one.overlapThreshold(), one.most(), one.classAgnostic());

        assertThat(Arrays.stream(kept).map(one.candidates()::anchor).boxed().toList())
                .isEqualTo(one.keptAnchors());
    }
}
