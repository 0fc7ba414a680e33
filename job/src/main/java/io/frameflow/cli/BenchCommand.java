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

import io.frameflow.cli.bench.PipelineFigures;
import io.frameflow.cli.evaluate.FiguresPrinter;
import io.frameflow.cli.picture.PictureFile;
import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.bench.FrameBatches;
import io.frameflow.pipeline.bench.MeasuringTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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

/** {@code frameflow bench}: the pipeline without Kafka and Flink, and what limits it. */
@Command(
        name = "bench",
        description = {
            "Measure the pipeline from encoded pictures in memory to results in memory, without Kafka"
                    + " and Flink.",
            "With TensorRT the engine alone and the decoder alone are measured in the same run, and"
                    + " the pipeline's part of the slower of the two; and the times of a batch and of"
                    + " a picture by themselves.",
            ""
        })
final class BenchCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private PipelineOptions pipelineOptions;

    @Option(
            names = "--gpu",
            paramLabel = "NUMBER",
            description = "Card to use, as CUDA counts (default: 0 where there is one).")
    private @Nullable Integer gpu;

    @Option(
            names = "--batch",
            paramLabel = "FRAMES",
            defaultValue = "32",
            description = "Frames a batch (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Time of each measurement (default: ${DEFAULT-VALUE}).")
    private double duration;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Time before each measurement (default: ${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(
            names = "--raw-pixels",
            description =
                    "Decode the pictures beforehand and hand over pixels, so that decoding is no"
                            + " part of what is measured.")
    private boolean rawPixels;

    @Option(
            names = "--denoise",
            paramLabel = "STRENGTH",
            description =
                    "Measure the pipeline with noise reduction of this strength, above 0 to 1, in"
                            + " turns with one without, and report both rates.")
    private @Nullable Float denoise;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the figures as one JSON object, too; - is standard output alone.")
    private @Nullable String json;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "JPEG or PNG files, or folders of them; frames take them in turns.")
    private List<Path> images = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        DenoiseSettings noiseReduction = denoise();
        checkNumbers();
        int card = gpu == null ? 0 : gpu;
        boolean promised = gpu != null || pipelineOptions.engine() == EngineChoice.TENSORRT;
        PipelineFigures figures =
                new PipelineFigures(
                        settings(),
                        promised ? SlotResources.ofGpus(List.of(card)) : SlotResources.unassigned(),
                        card,
                        new MeasuringTime(seconds(warmUp), seconds(duration)));
        report(figures.measure(pictures(), batch, noiseReduction));
        return 0;
    }

    private void checkNumbers() {
        if (batch < 1 || !(duration >= 0) || !(warmUp >= 0)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--batch is %d, --duration %s, --warm-up %s: at least 1, 0 and 0 are needed"
                            .formatted(batch, duration, warmUp));
        }
    }

    private @Nullable DenoiseSettings denoise() {
        if (denoise == null) {
            return null;
        }
        if (!(denoise > 0 && denoise <= 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--denoise is " + denoise + ", must be above 0, up to 1");
        }
        return new DenoiseSettings(DenoisePreset.DEFAULT, denoise);
    }

    private PipelineSettings settings() {
        PipelineSettings one = pipelineOptions.settings();
        return PipelineSettings.of(one.modelFile(), one.onnx(), one.engine(), batch)
                .withPlan(one.plan());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private List<FrameBatches.Picture> pictures() throws IOException {
        List<FrameBatches.Picture> pictures = new ArrayList<>();
        try (CpuImageDecoder decoder = new CpuImageDecoder(DecodeLimits.DEFAULT)) {
            for (Path image : images) {
                for (Path file : PictureFile.find(image)) {
                    byte[] bytes = Files.readAllBytes(file);
                    ImageEncoding encoding = PictureFile.encoding(file, bytes);
                    if (encoding == null) {
                        throw new IOException(file + " is neither a JPEG nor a PNG file");
                    }
                    ByteBuffer encoded = ByteBuffer.wrap(bytes);
                    pictures.add(
                            rawPixels
                                    ? pixels(decoder.decode(encoding, 0, 0, encoded))
                                    : FrameBatches.Picture.ofFile(encoding, encoded));
                }
            }
        }
        return pictures;
    }

    private static FrameBatches.Picture pixels(DecodedImage image) {
        int size = image.width() * image.height() * image.format().channels();
        // The decoder uses its array again.
        byte[] copy = Arrays.copyOfRange(image.pixels(), image.offset(), image.offset() + size);
        return new FrameBatches.Picture(
                ImageEncoding.valueOf(image.format().name()),
                image.width(),
                image.height(),
                ByteBuffer.wrap(copy));
    }

    private void report(Map<String, Object> figures) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (STANDARD_OUTPUT.equals(json)) {
            FiguresPrinter.printJson(figures, out);
            return;
        }
        FiguresPrinter.printTable(figures, out);
        if (json != null) {
            try (PrintWriter file = new PrintWriter(json, StandardCharsets.UTF_8)) {
                FiguresPrinter.printJson(figures, file);
                if (file.checkError()) {
                    throw new IOException("cannot write " + json + ": is the disk full?");
                }
            }
        }
    }
}
