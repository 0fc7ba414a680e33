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

import io.frameflow.cuda.kernel.GpuTest;
import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.BatchProfile;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.build.BuildOptions;
import io.frameflow.engine.tensorrt.build.BuildRequest;
import io.frameflow.engine.tensorrt.build.EngineBuild;
import io.frameflow.engine.tensorrt.build.PlanTrial;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.FramePipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Faces on the card, in single precision, from plans that are built for it. */
@GpuTest
class FaceAccuracyGpuTest extends FaceAccuracy {
    private static final long WORKSPACE_BYTES = 1L << 30;

    @Override
    FramePipeline open(Path modelFile, Path network, int batch) throws IOException {
        // Inside this network images are reshaped one by one, although its input takes any number.
        Optional<BatchProfile> batches =
                network.toString().contains("yolo5face")
                        ? Optional.of(new BatchProfile(1, 1, 1))
                        : Optional.empty();
        BuildRequest request =
                new BuildRequest(
                        ModelFileReader.read(modelFile, network),
                        0,
                        new BuildOptions(Precision.FP32, batches, 0, WORKSPACE_BYTES),
                        new EngineCache(folder.resolve("engines")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        PlanTrial.NONE);
        Path plan = EngineBuild.run(request, step -> {}).plan().plan();
        PipelineSettings settings =
                PipelineSettings.of(
                                modelFile.toString(),
                                network.toString(),
                                EngineChoice.TENSORRT,
                                batch)
                        .withPlan(new PlanSettings(Precision.FP32, null, plan.toString()));
        return new ModelPipelineFactory(settings).open();
    }
}
