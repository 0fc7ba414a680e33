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
package io.frameflow.engine.tensorrt.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frameflow.engine.HostExecution;
import io.frameflow.engine.onnx.OnnxRuntimeEngine;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import io.frameflow.model.OnnxRuntimeOptions;
import io.frameflow.resource.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the tests on a card build is a network that ONNX Runtime reads, too. */
@ExtendWith(LeakCheck.class)
class HeadedNetworkTest {
    private static final int SIDE = 4;

    @TempDir private Path folder;

    @Test
    void squeezesItsInput() throws IOException {
        Path file = Files.write(folder.resolve("network.onnx"), HeadedNetwork.sigmoid(SIDE));
        InputSpec input =
                new InputSpec(
                        SIDE, SIDE, ColorOrder.RGB, Normalization.UNIT, Scaling.CENTERED, 114);
        try (OnnxRuntimeEngine engine =
                        OnnxRuntimeEngine.open(file, input, OnnxRuntimeOptions.DEFAULT);
                HostExecution execution = engine.newExecution(1)) {
            int numbers = 3 * SIDE * SIDE;
            for (int i = 0; i < numbers; i++) {
                execution.input().put(i, i / 10f);
            }
            execution.run(1);

            for (int i = 0; i < numbers; i++) {
                assertThat(execution.outputs().get(0).get(i))
                        .isCloseTo((float) (1 / (1 + Math.exp(-i / 10.0))), within(1e-6f));
            }
        }
    }
}
