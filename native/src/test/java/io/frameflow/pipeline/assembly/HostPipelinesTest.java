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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.engine.onnx.OnnxFile;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.resource.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
class HostPipelinesTest {
    @TempDir private Path folder;
    private ModelFile model;

    @BeforeEach
    void write() throws IOException {
        Files.write(
                folder.resolve("network.onnx"),
                OnnxFile.reshaping(new int[] {OnnxFile.OPEN, 3, 32, 32}, 0, 6, -1));
        Path file =
                Files.writeString(
                        folder.resolve("model.yaml"),
                        """
                        name: small
                        task: detection
                        family: yolov8
                        onnx: network.onnx
                        input: {width: 32, height: 32}
                        """);
        model = ModelFileReader.read(file);
    }

    @Test
    void examinesOnePictureAtATime() throws Exception {
        EncodedFrame frame =
                new EncodedFrame(
                        "", 0, 0, ImageEncoding.GRAY8, 32, 32, ByteBuffer.wrap(new byte[1024]));
        try (FramePipeline pipeline = HostPipelines.onnxRuntime(model)) {
            assertThat(pipeline.maxBatchSize()).isEqualTo(1);
            assertThat(pipeline.submit(List.of(frame)).get().get(0))
                    .isInstanceOf(FrameResult.Examined.class);
        }
    }

    @Test
    void saysThatThereIsNoCard() {
        LocatedPlan plan = new LocatedPlan(folder.resolve("some.plan"), "", "build it");

        assertThatThrownBy(() -> HostPipelines.tensorRt(model, plan, 0))
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.ENGINE_UNAVAILABLE);
    }
}
