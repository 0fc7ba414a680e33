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

import io.frameflow.engine.tensorrt.AppendedNms;
import io.frameflow.engine.tensorrt.PlanVariant;
import io.frameflow.engine.tensorrt.RemovedHead;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanModelTest {
    private static final String MODEL =
            """
            name: m
            task: detection
            family: yolov5
            onnx: m.onnx
            input: {width: 64, height: 64}
            """;
    private static final LocatedPlan PLAN =
            new LocatedPlan(Path.of("/plans/x.plan"), "ab".repeat(32), "build it");
    private static final List<List<Double>> ANCHORS = List.of(List.of(10.0, 13.0, 16.0, 30.0));
    private static final PlanVariant WITHOUT_HEAD =
            PlanVariant.PLAIN.without(new RemovedHead(ANCHORS));

    @TempDir private Path folder;

    private ModelFile model(String more) throws IOException {
        Files.write(folder.resolve("m.onnx"), new byte[] {1});
        Path file = folder.resolve("model.yaml");
        Files.writeString(file, MODEL + more);
        return ModelFileReader.read(file);
    }

    @Test
    void isTheModelFileForAPlanOfTheNetworkAsItIs() throws IOException {
        ModelFile model = model("");

        assertThat(PlanModel.of(model, PlanVariant.PLAIN, PLAN)).isEqualTo(model);
    }

    @Test
    void decodesFeatureMapsWhereTheHeadWasCutOff() throws IOException {
        ModelFile found = PlanModel.of(model(""), WITHOUT_HEAD, PLAN);

        assertThat(found.family()).isEqualTo(Family.YOLOV5_RAW);
        assertThat(found.head().anchors()).isEqualTo(ANCHORS);
    }

    @Test
    void refusesAPlanWithoutTheOutputsThatAreAskedFor() throws IOException {
        ModelFile model = model("output-tensors: [output0]\n");

        assertThatThrownBy(() -> PlanModel.of(model, WITHOUT_HEAD, PLAN))
                .hasMessageContainingAll(
                        "/plans/x.plan is of a network without its head", "[output0]", "build it")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_PLAN);
    }

    @Test
    void refusesThresholdsThatAreFixedOtherwise() throws IOException {
        ModelFile model = model("");
        PlanVariant served = appended(AppendedNms.of(model.thresholds()));
        PlanVariant other = appended(new AppendedNms(0.9, 0.45, 10, false));

        assertThat(PlanModel.of(model, served, PLAN).family()).isEqualTo(Family.EFFICIENT_NMS);
        assertThatThrownBy(() -> PlanModel.of(model, other, PLAN))
                .hasMessageContaining("suppresses boxes by thresholds of its own");
    }

    private static PlanVariant appended(AppendedNms nms) {
        return new PlanVariant(Optional.empty(), List.of(), Optional.of(nms));
    }
}
