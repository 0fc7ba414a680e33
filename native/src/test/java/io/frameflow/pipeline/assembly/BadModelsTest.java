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
package io.frameflow.pipeline.assembly;

import static io.frameflow.engine.onnx.OnnxFile.FLOAT;
import static io.frameflow.engine.onnx.OnnxFile.INT64;
import static io.frameflow.engine.onnx.OnnxFile.OPEN;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.frameflow.engine.onnx.OnnxFile;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that no pipeline opens: what is said, and that it is said before any frame is read. */
class BadModelsTest {
    private static final String SIZE = "{width: 32, height: 32}";

    @TempDir private Path folder;

    /** The input as {@code [batch, 6, 512]}: six numbers of 512 candidates. */
    private static byte[] columns() {
        return OnnxFile.reshaping(new int[] {OPEN, 3, 32, 32}, 0, 6, -1);
    }

    private static OnnxFile images() {
        return new OnnxFile().input("images", FLOAT, OPEN, 3, 32, 32);
    }

    static Stream<Arguments> models() {
        return Stream.of(
                arguments(
                        "not an ONNX file",
                        "<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8),
                        "yolov8",
                        "",
                        SIZE,
                        FailureCode.INVALID_MODEL,
                        "bad.onnx: it is not an ONNX file"),
                arguments(
                        "an operator that nobody has",
                        images().node("Telepathy", "output0", "images")
                                .output("output0", FLOAT, OPEN, 6, 512)
                                .bytes(),
                        "yolov8",
                        "",
                        SIZE,
                        FailureCode.INVALID_MODEL,
                        "Telepathy"),
                arguments(
                        "another family's output",
                        images().node("Sigmoid", "output0", "images")
                                .output("output0", FLOAT, OPEN, 3, 32, 32)
                                .bytes(),
                        "yolov5",
                        "",
                        SIZE,
                        FailureCode.INVALID_MODEL,
                        "output0 float32[?, 3, 32, 32]], expected for family yolov5 is one output"
                                + " [batch, candidates, 5 + classes]"),
                arguments(
                        "the rows of YOLOv5 as columns of YOLOv8",
                        OnnxFile.reshaping(new int[] {OPEN, 3, 32, 32}, 0, 512, 6),
                        "yolov8",
                        "",
                        SIZE,
                        FailureCode.INVALID_MODEL,
                        "output0 float32[?, 512, 6], which is 508 classes and only 6 candidates"),
                arguments(
                        "fewer classes than labels",
                        columns(),
                        "yolov8",
                        "labels: [person, car, dog]",
                        SIZE,
                        FailureCode.INVALID_MODEL,
                        "output0 float32[?, 6, 512], which is 2 classes, expected for family yolov8"
                                + " is one output [batch, 4 + 3 classes, candidates]"),
                arguments(
                        "an output whose length depends on the picture",
                        images().node("NonZero", "places", "images")
                                .cast("output0", "places", FLOAT)
                                .output("output0", FLOAT, OPEN, OPEN)
                                .bytes(),
                        "yolov8",
                        "",
                        SIZE,
                        FailureCode.INVALID_MODEL,
                        "output0"),
                arguments(
                        "whole numbers as output",
                        images().cast("output0", "images", INT64)
                                .output("output0", INT64, OPEN, 3, 32, 32)
                                .bytes(),
                        "yolov8",
                        "",
                        SIZE,
                        FailureCode.INVALID_MODEL,
                        "output0 int64[1, 3, 32, 32], expected float32"),
                arguments(
                        "an open height and width that nobody says",
                        OnnxFile.reshaping(new int[] {OPEN, 3, OPEN, OPEN}, 0, 6, -1),
                        "yolov8",
                        "",
                        "{model-color-format: rgb}",
                        FailureCode.INVALID_MODEL_FILE,
                        "input.width"),
                arguments(
                        "another size than the network has",
                        columns(),
                        "yolov8",
                        "",
                        "{width: 64, height: 64}",
                        FailureCode.INVALID_MODEL,
                        "input is images float32[?, 3, 32, 32], expected float32[batch, 3, 64,"
                                + " 64]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void namesTheTensorAndWhatWasExpected(
            String what,
            byte[] network,
            String family,
            String labels,
            String input,
            FailureCode code,
            String message)
            throws IOException {
        Files.write(folder.resolve("bad.onnx"), network);
        Path model =
                Files.writeString(
                        folder.resolve("model.yaml"),
                        """
                        name: small
                        task: detection
                        family: %s
                        onnx: bad.onnx
                        %s
                        input: %s
                        """
                                .formatted(family, labels, input));
        PipelineSettings settings =
                PipelineSettings.of(model.toString(), null, EngineChoice.ONNXRUNTIME, 1);

        assertThatThrownBy(() -> new ModelPipelineFactory(settings).open())
                .as(what)
                .hasMessageContaining(message)
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(code);
    }
}
