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

import io.frameflow.decode.DecodeLimits;
import io.frameflow.pipeline.FramePipeline;
import java.nio.file.Path;

/** Faces on the CPU. */
class FaceAccuracyTest extends FaceAccuracy {
    @Override
    FramePipeline open(Path modelFile, Path network, int batch) {
        return new ModelPipelineFactory(
                        new PipelineSettings(
                                modelFile.toString(),
                                network.toString(),
                                EngineChoice.ONNXRUNTIME,
                                batch,
                                2,
                                DecodeLimits.DEFAULT))
                .open();
    }
}
