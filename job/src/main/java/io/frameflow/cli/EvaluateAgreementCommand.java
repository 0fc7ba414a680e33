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

import io.frameflow.cli.engine.PrecisionConverter;
import io.frameflow.cli.evaluate.FiguresPrinter;
import io.frameflow.cli.evaluate.agreement.Agreement;
import io.frameflow.cli.picture.PictureExaminer;
import io.frameflow.cli.picture.PictureFile;
import io.frameflow.engine.Precision;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frameflow evaluate agreement}: two engines, or two networks, on the same pictures. */
@Command(
        name = "agreement",
        description = {
            "Measure how far two engines, or two networks, agree on the same pictures.",
            "Prints one JSON object: detections of both that match (same class, overlap of half or"
                    + " more), agreement (twice the matched over all, in percent), mean and greatest"
                    + " difference of their scores, boxes and keypoints in pixels; and for class"
                    + " maps the percentage of equal pixels.",
            ""
        })
final class EvaluateAgreementCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();

    @Option(
            names = "--other-model",
            paramLabel = "model.yaml",
            description = "Model file of the other side. Default: that of --model.")
    private @Nullable Path otherModel;

    @Option(
            names = "--other-onnx",
            paramLabel = "FILE",
            description =
                    "ONNX file of the other side. Default: that of --onnx, unless --other-model is"
                            + " given.")
    private @Nullable Path otherOnnx;

    @Option(
            names = "--other-engine",
            paramLabel = "ENGINE",
            defaultValue = "auto",
            converter = PipelineOptions.EngineConverter.class,
            completionCandidates = PipelineOptions.EngineCandidates.class,
            description =
                    "Engine of the other side, one of ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}).")
    private EngineChoice otherEngine = EngineChoice.AUTO;

    @Option(
            names = "--other-precision",
            paramLabel = "PRECISION",
            converter = PrecisionConverter.class,
            completionCandidates = PrecisionConverter.Candidates.class,
            description =
                    "With tensorrt on the other side, one of ${COMPLETION-CANDIDATES}. Default: that"
                            + " of --precision.")
    private @Nullable Precision otherPrecision;

    @Option(
            names = "--other-plan",
            paramLabel = "FILE",
            description = "The plan to use on the other side; auto then means tensorrt there.")
    private @Nullable Path otherPlan;

    @Option(names = "--table", description = "Print a table for people.")
    private boolean table;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Picture files, or folders of them.")
    private List<Path> images = List.of();

    @Override
    public Integer call() throws IOException {
        PipelineSettings one = pipelineOptions.settings();
        PipelineSettings other = otherSettings();
        if (one.equals(other)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "both sides are the same: give another --other-engine, --other-precision,"
                            + " --other-plan, --other-onnx or --other-model");
        }
        List<Path> files = new ArrayList<>();
        for (Path image : images) {
            files.addAll(PictureFile.find(image));
        }
        List<FrameResult> first = examine(one, files);
        List<FrameResult> second = examine(other, files);
        Agreement agreement = new Agreement();
        for (int i = 0; i < files.size(); i++) {
            agreement.add(first.get(i), second.get(i));
        }
        Map<String, @Nullable Object> figures = agreement.figures();
        if (table) {
            FiguresPrinter.printTable(figures, spec.commandLine().getOut());
        } else {
            FiguresPrinter.printJson(figures, spec.commandLine().getOut());
        }
        return 0;
    }

    private PipelineSettings otherSettings() {
        Path model = otherModel == null ? pipelineOptions.model() : otherModel;
        Path onnx = otherOnnx;
        if (onnx == null && otherModel == null) {
            onnx = pipelineOptions.onnx();
        }
        return pipelineOptions.settings(model, onnx, otherEngine, otherPrecision, otherPlan);
    }

    /** One side after the other, so that they do not share the machine. */
    private static List<FrameResult> examine(PipelineSettings settings, List<Path> files)
            throws IOException {
        List<FrameResult> results = new ArrayList<>();
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            PictureExaminer examiner = new PictureExaminer(pipeline);
            for (Path file : files) {
                results.add(examiner.examine(file));
            }
        }
        return results;
    }
}
