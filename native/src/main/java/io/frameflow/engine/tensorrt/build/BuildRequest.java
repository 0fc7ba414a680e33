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

import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.model.ModelFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be built.
 *
 * @param model the model of the network that is built
 * @param whole the network that it was made of; absent where it is built as it is
 * @param gpu number of the card
 * @param options how
 * @param cache takes the plan, and the timing cache
 * @param output file that takes the plan instead of the cache
 * @param timingCache file of the timing cache instead of the one in the cache
 * @param calibrationCache scales of the tensors; needed for INT8 unless the network says itself how
 *     it is quantised, and for that only
 * @param rebuild whether it is built even if the cache has it
 * @param trial looks at the plan before it is stored, also at one that the cache has
 */
public record BuildRequest(
        ModelFile model,
        Optional<WholeNetwork> whole,
        int gpu,
        BuildOptions options,
        EngineCache cache,
        Optional<Path> output,
        Optional<Path> timingCache,
        Optional<Path> calibrationCache,
        boolean rebuild,
        PlanTrial trial) {
    /** A network that is built as it is. */
    public BuildRequest(
            ModelFile model,
            int gpu,
            BuildOptions options,
            EngineCache cache,
            Optional<Path> output,
            Optional<Path> timingCache,
            Optional<Path> calibrationCache,
            boolean rebuild,
            PlanTrial trial) {
        this(
                model,
                Optional.empty(),
                gpu,
                options,
                cache,
                output,
                timingCache,
                calibrationCache,
                rebuild,
                trial);
    }

    /** The file by which the plan is found. */
    Path network() {
        return whole.map(WholeNetwork::file).orElse(model.onnx());
    }
}
