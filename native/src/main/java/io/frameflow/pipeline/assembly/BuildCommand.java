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

import io.frameflow.engine.Precision;

/** The command that builds the plan which a pipeline looks for. */
final class BuildCommand {
    private BuildCommand() {}

    /**
     * The command for a shell.
     *
     * @param gpu number of the card
     */
    static String of(PipelineSettings settings, int gpu) {
        PlanSettings plan = settings.plan();
        StringBuilder command = new StringBuilder("./frameflow engine build --model ");
        command.append(quoted(settings.modelFile()));
        if (settings.onnx() != null) {
            command.append(" --onnx ").append(quoted(settings.onnx()));
        }
        command.append(" --precision ").append(plan.precision().label());
        if (plan.precision() == Precision.INT8) {
            command.append(" --calibration-cache FILE --accuracy-pictures FOLDER");
        }
        command.append(" --batch-max ").append(settings.maxBatchSize());
        if (gpu != 0) {
            command.append(" --gpu ").append(gpu);
        }
        if (plan.plan() != null) {
            command.append(" --output ").append(quoted(plan.plan()));
        } else if (plan.cacheFolder() != null) {
            command.append(" --engine-cache ").append(quoted(plan.cacheFolder()));
        }
        return command.toString();
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:@%+=-]+")
                ? argument
                : "'" + argument.replace("'", "'\\''") + "'";
    }
}
