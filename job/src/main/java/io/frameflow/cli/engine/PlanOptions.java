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
package io.frameflow.cli.engine;

import io.frameflow.engine.Precision;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.LocatedPlan;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanFinder;
import io.frameflow.pipeline.assembly.PlanSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that say which plan, and on which card. */
public final class PlanOptions {
    private static final String OTHER_PROGRAMS_REMEDY =
            "build it on this machine, with './frameflow engine build' or the program that made it";

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Source source;

    @Option(
            names = "--gpu",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Card to use, as CUDA counts (default: ${DEFAULT-VALUE}).")
    private int gpu;

    PlanOptions() {}

    private static final class Source {
        @Option(
                names = "--plan",
                required = true,
                paramLabel = "FILE",
                description = "Plan, also of another program such as trtexec.")
        private @Nullable Path plan;

        @ArgGroup(exclusive = false)
        private @Nullable Model model;
    }

    private static final class Model extends ModelOptions {
        @Option(
                names = "--precision",
                paramLabel = "PRECISION",
                defaultValue = "fp16",
                converter = PrecisionConverter.class,
                completionCandidates = PrecisionConverter.Candidates.class,
                description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private Precision precision = Precision.FP16;

        @Option(
                names = "--engine-cache",
                paramLabel = "FOLDER",
                description =
                        "Engine cache (default: frameflow/engines in the user's cache folder).")
        private @Nullable Path cache;
    }

    /** Number of the card. */
    public int gpu() {
        return gpu;
    }

    /**
     * The plan.
     *
     * @param batch images a batch that it should take, if there is a choice
     */
    public LocatedPlan locate(int batch) {
        if (source.plan != null) {
            return new LocatedPlan(source.plan, "", OTHER_PROGRAMS_REMEDY);
        }
        Model model = source.model;
        if (model == null) {
            throw new IllegalStateException("picocli takes one of --plan and --model");
        }
        PipelineSettings settings =
                PipelineSettings.of(
                                model.model().toString(),
                                text(model.onnx()),
                                EngineChoice.TENSORRT,
                                Math.max(1, batch))
                        .withPlan(new PlanSettings(model.precision, text(model.cache), null));
        return PlanFinder.find(settings, gpu);
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }
}
