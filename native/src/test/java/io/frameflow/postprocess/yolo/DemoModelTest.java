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
package io.frameflow.postprocess.yolo;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.engine.BatchRange;
import io.frameflow.engine.HostExecution;
import io.frameflow.engine.onnx.OnnxRuntimeEngine;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.Detections;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The model that comes with the project, from its file to its results. */
@ExtendWith(LeakCheck.class)
class DemoModelTest {

    @Test
    void findsNothingOnAnEmptyPicture() {
        ModelFile model = ModelFileReader.read(Path.of("..", "deploy", "demo", "model.yaml"));
        try (OnnxRuntimeEngine engine =
                        OnnxRuntimeEngine.open(model.onnx(), model.input(), model.onnxRuntime());
                HostExecution execution = engine.newExecution(1)) {
            FloatBuffer input = execution.input();
            float gray = model.input().normalization().apply(0, model.input().padValue());
            for (int i = 0; i < input.capacity(); i++) {
                input.put(i, gray);
            }

            execution.run(1);
            Detections found =
                    YoloPostprocessors.decoded(model, engine.signature())
                            .process(
                                    execution.outputs(),
                                    0,
                                    model.input().letterbox(1280, 720),
                                    model.thresholds())
                            .detections();

            assertThat(engine.signature().batch()).isEqualTo(BatchRange.ANY);
            assertThat(found.count()).isZero();
        }
    }
}
