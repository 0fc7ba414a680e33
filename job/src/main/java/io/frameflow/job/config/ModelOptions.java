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
package io.frameflow.job.config;

import io.frameflow.engine.Precision;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.PlanSettings;
import java.util.List;

/** Which model examines the frames. */
public final class ModelOptions {

    /** The model file. */
    public static final JobOption<String> FILE =
            JobOption.required(
                    "model.file",
                    Domain.texts("path of a model file"),
                    "Model file (YAML) as the TaskManagers see it: each of them opens it.");

    /** The network, where the model file does not name it. */
    public static final JobOption<String> ONNX =
            JobOption.optional(
                    "model.onnx",
                    Domain.texts("path of an ONNX file"),
                    "ONNX file to use instead of the one that the model file names. It, too, must"
                            + " lie where the TaskManagers can read it.");

    /** The engine. */
    public static final JobOption<EngineChoice> ENGINE =
            JobOption.withDefault(
                    "model.engine",
                    Domain.oneOf(List.of(EngineChoice.values())),
                    EngineChoice.AUTO,
                    "What runs the network; auto takes TensorRT where the machine has a GPU, and ONNX"
                            + " Runtime on the CPU, with a warning, where not. tensorrt is an error"
                            + " without a GPU.");

    /** Arithmetic of TensorRT. */
    public static final JobOption<Precision> PRECISION =
            JobOption.withDefault(
                    "model.precision",
                    Domain.oneOf(List.of(Precision.values())),
                    PlanSettings.DEFAULT.precision(),
                    "Numbers that TensorRT computes with: which of the plans that"
                            + " 'frameflow engine build' made is taken from the engine cache.");

    /** Where plans are. */
    public static final JobOption<String> ENGINE_CACHE =
            JobOption.optional(
                    "model.engine-cache",
                    Domain.texts("path of a folder"),
                    "Folder of TensorRT's plans as the TaskManagers see it. Without it: that of"
                            + " their user, below $XDG_CACHE_HOME or ~/.cache.");

    /** A certain plan. */
    public static final JobOption<String> PLAN =
            JobOption.optional(
                    "model.plan",
                    Domain.texts("path of a plan"),
                    "Plan that TensorRT runs, instead of looking for one in the engine cache.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Model",
                    "Which model examines the frames.",
                    List.of(FILE, ONNX, ENGINE, PRECISION, ENGINE_CACHE, PLAN));

    private ModelOptions() {}
}
