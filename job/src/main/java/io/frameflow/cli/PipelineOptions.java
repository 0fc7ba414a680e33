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

import io.frameflow.cli.engine.ModelOptions;
import io.frameflow.cli.engine.PrecisionConverter;
import io.frameflow.engine.Precision;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of commands that run a model on pictures. */
final class PipelineOptions extends ModelOptions {
    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "auto",
            converter = EngineConverter.class,
            completionCandidates = EngineCandidates.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private EngineChoice engine = EngineChoice.AUTO;

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = "fp16",
            converter = PrecisionConverter.class,
            completionCandidates = PrecisionConverter.Candidates.class,
            description =
                    "With tensorrt, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Precision precision = Precision.FP16;

    @Option(
            names = "--engine-cache",
            paramLabel = "FOLDER",
            description =
                    "With tensorrt, where plans are looked for (default: frameflow/engines in the"
                            + " user's cache folder).")
    private @Nullable Path cache;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "The plan to use instead of looking for one; auto then means tensorrt.")
    private @Nullable Path plan;

    EngineChoice engine() {
        return engine;
    }

    /** Settings for one picture at a time. */
    PipelineSettings settings() {
        return settings(model(), onnx(), engine, precision, plan);
    }

    /** Settings for one picture at a time, with the same cache. */
    PipelineSettings settings(
            Path otherModel,
            @Nullable Path otherOnnx,
            EngineChoice otherEngine,
            @Nullable Precision otherPrecision,
            @Nullable Path otherPlan) {
        // Who names a plan means the card, and must not be given the CPU in silence.
        EngineChoice chosen =
                otherPlan != null && otherEngine == EngineChoice.AUTO
                        ? EngineChoice.TENSORRT
                        : otherEngine;
        PlanSettings plans =
                new PlanSettings(
                        otherPrecision == null ? precision : otherPrecision,
                        text(cache),
                        text(otherPlan));
        return PipelineSettings.of(otherModel.toString(), text(otherOnnx), chosen, 1)
                .withPlan(plans);
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }

    /** The engines as they are written. */
    static final class EngineCandidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(EngineChoice.values()).map(EngineChoice::label).iterator();
        }
    }

    /** Reads an engine as it is written. */
    static final class EngineConverter implements ITypeConverter<EngineChoice> {
        @Override
        public EngineChoice convert(String value) {
            return EngineChoice.ofLabel(value)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'"
                                                    + value
                                                    + "' is no engine: give "
                                                    + String.join(", ", new EngineCandidates())));
        }
    }
}
