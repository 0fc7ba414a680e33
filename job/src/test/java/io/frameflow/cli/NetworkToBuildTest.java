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
package io.frameflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.engine.NetworkToBuild;
import io.frameflow.engine.tensorrt.RemovedHead;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.build.WholeNetwork;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkToBuildTest {
    private static final String MODEL =
            """
            name: headed
            task: detection
            family: yolov5
            onnx: headed.onnx
            input: {width: 8, height: 8}
            """;

    @TempDir private Path folder;

    private ModelFile model(String text, byte[] network) throws IOException {
        Files.write(folder.resolve("headed.onnx"), network);
        return ModelFileReader.read(Files.writeString(folder.resolve("headed.yaml"), text));
    }

    @Test
    void isTheNetworkWithoutItsHeadUntilItIsClosed() throws IOException {
        ModelFile model = model(MODEL, HeadedNetwork.bytes(5, 12.5f));
        assertThat(NetworkToBuild.canLoseHead(model)).isTrue();

        Path built;
        try (NetworkToBuild network = NetworkToBuild.withoutHead(model)) {
            built = network.model().onnx();
            assertThat(built).isNotEqualTo(model.onnx()).exists();
            assertThat(network.model().family()).isEqualTo(Family.YOLOV5_RAW);
            assertThat(network.whole())
                    .contains(
                            new WholeNetwork(
                                    model.onnx(),
                                    Sha256.of(model.onnx()),
                                    new RemovedHead(List.of(List.of(5.0, 12.5)))));
            assertThat(network.reasonForHead()).isEmpty();
        }

        assertThat(built.getParent()).doesNotExist();
        assertThat(model.onnx()).exists();
    }

    @Test
    void isTheWholeNetworkWithAReasonWhereTheHeadCannotBeCutOff() throws IOException {
        ModelFile model = model(MODEL, IdentityNetwork.bytes(8, 8));

        try (NetworkToBuild network = NetworkToBuild.withoutHead(model)) {
            assertThat(network.model()).isEqualTo(model);
            assertThat(network.whole()).isEmpty();
            assertThat(network.reasonForHead().orElseThrow())
                    .contains("expected for family yolov5");
        }
    }

    @Test
    void theHeadIsNeededForItsOutputsAndOtherFamilies() throws IOException {
        byte[] network = HeadedNetwork.bytes(5, 12.5f);

        assertThat(NetworkToBuild.canLoseHead(model(MODEL + "output-tensors: [rows]\n", network)))
                .isFalse();
        assertThat(NetworkToBuild.canLoseHead(model(MODEL.replace("yolov5", "yolov8"), network)))
                .isFalse();
    }
}
