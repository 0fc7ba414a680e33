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
package io.frameflow.postprocess.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.postprocess.family.Postprocessors;
import io.frameflow.result.Findings;
import io.frameflow.result.RawTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawTensorPostprocessorTest {
    private static final Letterbox SAME = Letterbox.of(Scaling.CENTERED, 4, 4, 4, 4);
    private static final NetworkSignature SIGNATURE =
            new NetworkSignature(
                    tensor("images", TensorInfo.DYNAMIC, 3, 4, 4),
                    List.of(tensor("a", TensorInfo.DYNAMIC, 2), tensor("b", -1, 1, 3)),
                    BatchRange.ANY);
    private static final List<FloatBuffer> OUTPUTS =
            List.of(
                    FloatBuffer.wrap(new float[] {1, 2, 3, Float.NaN}),
                    FloatBuffer.wrap(new float[] {5, 6, 7, 8, 9, 10}));

    @TempDir private Path folder;

    private static TensorInfo tensor(String name, Integer... shape) {
        return new TensorInfo(name, ElementType.FLOAT32, List.of(shape));
    }

    private ModelFile model(String more) throws IOException {
        Path network = Files.write(folder.resolve("net.onnx"), new byte[] {1});
        Path file =
                Files.writeString(
                        folder.resolve("model.yaml"),
                        """
                        name: raw
                        task: tensor
                        family: tensor
                        input: {width: 4, height: 4}
                        """
                                + more);
        return ModelFileReader.read(file, network);
    }

    private static List<RawTensor> process(ModelFile model, int image) {
        Postprocessor postprocessor = Postprocessors.of(model, SIGNATURE);
        Findings found = postprocessor.process(OUTPUTS, image, SAME, DetectionThresholds.DEFAULT);
        assertThat(found.detections().count()).isZero();
        return found.tensors();
    }

    @Test
    void givesAllOutputsOfAnImageWhereTheFileNamesNone() throws IOException {
        List<RawTensor> tensors = process(model(""), 1);

        assertThat(tensors).extracting(RawTensor::name).containsExactly("a", "b");
        assertThat(tensors.get(1).shape()).containsExactly(1, 3);
        ByteBuffer data = ByteBuffer.wrap(tensors.get(1).data()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(data.getFloat()).isEqualTo(8);
        assertThat(data.getFloat(8)).isEqualTo(10);
    }

    @Test
    void handsNumbersOnThatAreNotFinite() throws IOException {
        ByteBuffer data = ByteBuffer.wrap(process(model(""), 1).get(0).data());

        assertThat(data.order(ByteOrder.LITTLE_ENDIAN).getFloat(4)).isNaN();
    }

    @Test
    void givesTheNamedOutputsInTheOrderOfTheFile() throws IOException {
        assertThat(process(model("output-tensors: [b, a]\n"), 0))
                .extracting(RawTensor::name)
                .containsExactly("b", "a");
    }

    @Test
    void refusesAnOutputThatTheNetworkDoesNotHave() throws IOException {
        ModelFile model = model("output-tensors: [c]\n");

        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> Postprocessors.of(model, SIGNATURE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_MODEL))
                .withMessageContaining("no output 'c'")
                .withMessageContaining("a float32[?, 2]");
    }
}
