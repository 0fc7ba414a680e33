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

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizationSourceTest {
    @TempDir private Path folder;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        model =
                Files.writeString(
                        folder.resolve("model.yaml"),
                        """
                        name: small
                        task: detection
                        family: yolov8
                        onnx: network.onnx
                        input: {width: 32, height: 32}
                        """);
        Files.write(folder.resolve("network.onnx"), QuantizedNetwork.sigmoid(32));
    }

    private BuildRequest request(Precision precision, boolean calibrated, String... half) {
        return new BuildRequest(
                ModelFileReader.read(model),
                0,
                new BuildOptions(precision, Optional.empty(), 0, 0, List.of(half), false),
                new EngineCache(folder),
                Optional.empty(),
                Optional.empty(),
                calibrated ? Optional.of(folder.resolve("scales.cache")) : Optional.empty(),
                false,
                PlanTrial.NONE);
    }

    private static void assertRefused(BuildRequest request, boolean explicit, String message) {
        assertThatThrownBy(() -> QuantizationSource.check(request, explicit))
                .hasMessageContaining(message)
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_SETTINGS);
    }

    @Test
    void takesScalesFromOnePlaceOnly() {
        assertThatCode(() -> QuantizationSource.check(request(Precision.INT8, false), true))
                .doesNotThrowAnyException();
        assertThatCode(() -> QuantizationSource.check(request(Precision.INT8, true), false))
                .doesNotThrowAnyException();
        assertThatCode(() -> QuantizationSource.check(request(Precision.FP16, false), false))
                .doesNotThrowAnyException();
        assertRefused(request(Precision.INT8, true), true, "--calibration-cache");
        assertRefused(request(Precision.INT8, false, "a"), true, "--fp16-layers");
        assertRefused(request(Precision.INT8, false), false, "frameflow calibrate");
        assertRefused(request(Precision.FP16, true), false, "int8 only");
        assertRefused(request(Precision.FP16, false), true, "--precision int8");
    }

    @Test
    void namesLayersForBytesOnly() {
        assertThatThrownBy(() -> request(Precision.FP32, false, "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("int8 only");
    }
}
