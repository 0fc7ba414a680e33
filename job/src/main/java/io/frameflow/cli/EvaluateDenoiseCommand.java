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

import io.frameflow.cli.evaluate.FiguresPrinter;
import io.frameflow.cli.evaluate.denoise.DenoiseEvaluation;
import io.frameflow.cli.evaluate.denoise.NoiseKind;
import io.frameflow.cli.process.StatusLine;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

/** {@code frameflow evaluate denoise}: what noise reduction gives and takes on a clip. */
@Command(
        name = "denoise",
        description = {
            "Add noise to a clip, reduce it, and compare both with the clip.",
            "Prints one JSON object: for each level of noise PSNR in dB and SSIM of still and moving"
                    + " parts before and after, how much of the previous frame is left at moving"
                    + " edges, and with --model the share in percent of the objects of the clean clip"
                    + " that are found before and after, and how often their tracks break.",
            ""
        })
final class EvaluateDenoiseCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private DenoiseSettingsOptions denoise;

    @Parameters(
            paramLabel = "CLIP",
            description = "Video or folder of pictures, taken to be free of noise.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path clip;

    @Option(
            names = "--noise",
            paramLabel = "KIND",
            defaultValue = "gaussian",
            description =
                    "gaussian (the same everywhere) or poisson (more where it is bright) (default:"
                            + " ${DEFAULT-VALUE}).")
    private NoiseKind noise = NoiseKind.GAUSSIAN;

    @Option(
            names = "--sigma",
            paramLabel = "LEVELS",
            split = ",",
            defaultValue = "10,20,30",
            description =
                    "Standard deviation in grey levels; for poisson in middle grey. Several are"
                            + " separated by commas (default: ${DEFAULT-VALUE}).")
    private List<Double> sigmas = List.of();

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "60",
            description = "Frames to look at, from the first (default: ${DEFAULT-VALUE}).")
    private int frames;

    @Option(
            names = "--model",
            paramLabel = "model.yaml",
            description = "Model file of a detector; without it only pictures are compared.")
    private @Nullable Path model;

    @Option(
            names = "--onnx",
            paramLabel = "FILE",
            description = "ONNX file to use instead of the one that the model file names.")
    private @Nullable Path onnx;

    @Option(names = "--table", description = "Print a table for people.")
    private boolean table;

    @Override
    public Integer call() throws IOException {
        check();
        DenoiseSettings settings = denoise.settings();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("clip", clip.toString());
        figures.put("preset", settings.preset().label());
        figures.put("strength", (double) settings.strength());
        try (FramePipeline pipeline = openPipeline()) {
            DenoiseEvaluation evaluation = new DenoiseEvaluation(clip, frames, settings, pipeline);
            for (double sigma : sigmas) {
                figures.put(label(sigma), evaluate(evaluation, sigma));
            }
        }
        if (table) {
            FiguresPrinter.printTable(figures, spec.commandLine().getOut());
        } else {
            FiguresPrinter.printJson(figures, spec.commandLine().getOut());
        }
        return 0;
    }

    private void check() {
        if (frames < 2) {
            throw new ParameterException(
                    spec.commandLine(), "--frames is " + frames + ", must be 2 or more");
        }
        for (double sigma : sigmas) {
            if (!(sigma >= 0 && sigma <= 128)) {
                throw new ParameterException(
                        spec.commandLine(), "--sigma has " + sigma + ", must be from 0 to 128");
            }
        }
        if (onnx != null && model == null) {
            throw new ParameterException(spec.commandLine(), "--onnx needs --model");
        }
    }

    private String label(double sigma) {
        return noise.name().toLowerCase(Locale.ROOT)
                + "_"
                + (sigma == Math.rint(sigma) ? Long.toString((long) sigma) : sigma);
    }

    private @Nullable FramePipeline openPipeline() {
        if (model == null) {
            return null;
        }
        return new ModelPipelineFactory(
                        PipelineSettings.of(
                                model.toString(),
                                onnx == null ? null : onnx.toString(),
                                EngineChoice.AUTO,
                                1))
                .open();
    }

    private Map<String, Object> evaluate(DenoiseEvaluation evaluation, double sigma)
            throws IOException {
        StatusLine status = new StatusLine(spec.commandLine().getErr());
        try {
            return evaluation.evaluate(
                    noise, sigma, frame -> status.show(label(sigma) + ": frame " + (frame + 1)));
        } finally {
            status.end();
        }
    }
}
