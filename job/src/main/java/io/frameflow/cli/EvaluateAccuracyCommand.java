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

import io.frameflow.cli.engine.ElapsedTime;
import io.frameflow.cli.evaluate.FiguresPrinter;
import io.frameflow.cli.evaluate.accuracy.AccuracyComparison;
import io.frameflow.cli.evaluate.accuracy.AccuracyMeasurement;
import io.frameflow.cli.evaluate.accuracy.UnseenPictures;
import io.frameflow.engine.tensorrt.calibrate.CalibrationRecord;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.HostPipelines;
import io.frameflow.pipeline.assembly.LocatedPlan;
import io.frameflow.pipeline.assembly.PlanFinder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frameflow evaluate accuracy}: what a plan loses against single precision. */
@Command(
        name = "accuracy",
        description = {
            "Measure what a plan loses against the same network in single precision on the CPU.",
            "What single precision finds is taken as the truth. Both sides are decoded, prepared and"
                    + " post-processed alike, so that the network alone makes the difference. Prints"
                    + " one JSON object: metric (AP50 of objects, fwIoU of class maps), its value for"
                    + " both sides and the loss in points, meanAP, meanAP50 and meanAP75, and the figures of"
                    + " 'evaluate agreement'.",
            ""
        })
final class EvaluateAccuracyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();

    @Option(
            names = "--reference-onnx",
            paramLabel = "FILE",
            description = "Network in single precision, where that of --onnx is quantised itself.")
    private @Nullable Path reference;

    @Option(
            names = "--reference-plan",
            paramLabel = "FILE",
            description = "Plan to compare with instead of single precision on the CPU.")
    private @Nullable Path referencePlan;

    @Option(
            names = "--calibration-cache",
            paramLabel = "FILE",
            description = "Leave out pictures that took part in this calibration.")
    private @Nullable Path calibrationCache;

    @Option(
            names = "--gpu",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Card to use, as CUDA counts (default: ${DEFAULT-VALUE}).")
    private int gpu;

    @Option(names = "--table", description = "Print a table for people.")
    private boolean table;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Picture files, or folders of them.")
    private List<Path> images = List.of();

    @Override
    public Integer call() throws IOException {
        UnseenPictures pictures =
                UnseenPictures.of(
                        images,
                        Optional.ofNullable(calibrationCache).flatMap(CalibrationRecord::of));
        ModelFile model = pipelineOptions.read();
        PrintWriter err = spec.commandLine().getErr();
        err.println("measuring on " + pictures.summary());
        err.flush();
        Map<String, @Nullable Object> figures;
        try (ElapsedTime elapsed = new ElapsedTime(err)) {
            AccuracyComparison comparison =
                    new AccuracyMeasurement(pictures.files(), elapsed::step)
                            .compare(() -> reference(model), () -> judged(model));
            figures = comparison.figures();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (table) {
            FiguresPrinter.printTable(figures, out);
        } else {
            FiguresPrinter.printJson(figures, out);
        }
        return 0;
    }

    private FramePipeline reference(ModelFile model) {
        if (referencePlan != null) {
            return HostPipelines.tensorRt(
                    model, new LocatedPlan(referencePlan, "", "build it again"), gpu);
        }
        return HostPipelines.onnxRuntime(
                reference == null
                        ? model
                        : ModelFileReader.read(pipelineOptions.model(), reference));
    }

    private FramePipeline judged(ModelFile model) {
        return pipelineOptions.engine() == EngineChoice.ONNXRUNTIME
                ? HostPipelines.onnxRuntime(model)
                : HostPipelines.tensorRt(
                        model, PlanFinder.find(pipelineOptions.settings(), gpu), gpu);
    }
}
