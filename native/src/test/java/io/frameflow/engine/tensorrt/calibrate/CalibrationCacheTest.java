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
package io.frameflow.engine.tensorrt.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationCacheTest {
    private static final int TENSORRT = 100600;
    private static final String NETWORK = "ab".repeat(32);
    private static final InputSpec INPUT =
            new InputSpec(640, 384, ColorOrder.RGB, Normalization.UNIT, Scaling.CENTERED, 114);
    private static final CalibrationRecord RECORD =
            new CalibrationRecord(
                    NETWORK,
                    CalibrationRecord.describe(INPUT),
                    List.of("12".repeat(32), "34".repeat(32)),
                    1);
    private static final String TEXT =
            "TRT-100600-EntropyCalibration2\nimages: 3c010a14\n(Unnamed Layer* 4) [x]: 3c008912\n";

    @TempDir private Path folder;

    @Test
    void isReadAsItWasWritten() {
        Path file = folder.resolve("made/network.cache");
        CalibrationCache cache =
                CalibrationCache.of(
                        TEXT.getBytes(StandardCharsets.UTF_8), CalibrationAlgorithm.ENTROPY);

        cache.write(file, RECORD);

        CalibrationCache read = CalibrationCache.read(file, TENSORRT, NETWORK, INPUT);
        assertThat(file).hasContent(TEXT);
        assertThat(read.algorithm()).isEqualTo(CalibrationAlgorithm.ENTROPY);
        assertThat(read.tensors()).isEqualTo(2);
        assertThat(read.sha256()).isEqualTo(cache.sha256());
        assertThat(CalibrationRecord.of(file)).contains(RECORD);
    }

    @Test
    void leavesOutScales() {
        CalibrationCache cache =
                CalibrationCache.of(
                        (TEXT + "a:b: 3c008912\n").getBytes(StandardCharsets.UTF_8),
                        CalibrationAlgorithm.ENTROPY);

        assertThat(cache.without(Set.of("images", "a:b", "[x]")).bytes())
                .asString()
                .isEqualTo("TRT-100600-EntropyCalibration2\n(Unnamed Layer* 4) [x]: 3c008912\n");
        assertThat(cache.without(Set.of()).sha256()).isEqualTo(cache.sha256());
    }

    @Test
    void takesAFileOfAnotherProgram() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("trtexec.cache"),
                        TEXT.replace("EntropyCalibration2", "MinMaxCalibration"));

        assertThat(CalibrationCache.read(file, TENSORRT, NETWORK, INPUT).algorithm())
                .isEqualTo(CalibrationAlgorithm.MINMAX);
    }

    @ParameterizedTest
    @CsvSource({
        "TRT-100600-, TRT-8600-, is of TensorRT 8600",
        "EntropyCalibration2, LegacyCalibration, is not known",
        "TRT-, TRX-, no calibration cache",
    })
    void refusesWhatTensorRtWouldSilentlyIgnore(String right, String wrong, String message)
            throws IOException {
        Path file = Files.writeString(folder.resolve("network.cache"), TEXT.replace(right, wrong));

        assertRefused(file, NETWORK, message);
    }

    @Test
    void refusesScalesOfAnotherNetwork() {
        Path file = folder.resolve("network.cache");
        CalibrationCache.of(TEXT.getBytes(StandardCharsets.UTF_8), CalibrationAlgorithm.ENTROPY)
                .write(file, RECORD);

        assertRefused(file, "cd".repeat(32), "another network");
    }

    @Test
    void refusesScalesOfOtherPreprocessing() {
        Path file = folder.resolve("network.cache");
        CalibrationCache.of(TEXT.getBytes(StandardCharsets.UTF_8), CalibrationAlgorithm.ENTROPY)
                .write(file, RECORD);
        InputSpec other =
                new InputSpec(640, 384, ColorOrder.BGR, Normalization.UNIT, Scaling.CENTERED, 114);

        assertThatThrownBy(() -> CalibrationCache.read(file, TENSORRT, NETWORK, other))
                .hasMessageContainingAll("RGB", "BGR", "model file");
    }

    @Test
    void saysThatARecordIsDamaged() throws IOException {
        Path file = Files.writeString(folder.resolve("network.cache"), TEXT);
        Files.writeString(folder.resolve("network.cache.json"), "{\"format\": 2}");

        assertRefused(file, NETWORK, "network.cache.json");
    }

    @Test
    void saysThatAFileIsMissing() {
        assertRefused(folder.resolve("missing.cache"), NETWORK, "missing.cache");
    }

    private static void assertRefused(Path file, String network, String message) {
        assertThatThrownBy(() -> CalibrationCache.read(file, TENSORRT, network, INPUT))
                .hasMessageContainingAll(message, "./frameflow calibrate")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_SETTINGS);
    }
}
