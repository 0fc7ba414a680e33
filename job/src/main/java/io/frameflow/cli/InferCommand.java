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
import io.frameflow.cli.output.InferencePrinter;
import io.frameflow.cli.picture.PictureFile;
import io.frameflow.cli.video.VideoFrame;
import io.frameflow.cli.video.VideoReader;
import io.frameflow.engine.Precision;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code frameflow infer}: a model on pictures, without Kafka and Flink. */
@Command(
        name = "infer",
        description = {
            "Run a model on pictures, and print what it finds as JSON Lines.",
            "One object a picture: image, width, height, and detections with class_id, label, score,"
                    + " box [left, top, width, height] in pixels of the picture, and keypoints"
                    + " [x, y, score].",
            ""
        })
final class InferCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "model.yaml",
            description = "Model file.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path model;

    @Option(
            names = "--onnx",
            paramLabel = "FILE",
            description = "ONNX file to use instead of the one that the model file names.")
    private @Nullable Path onnx;

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
            description = "With tensorrt, the plan to use instead of looking for one.")
    private @Nullable Path plan;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Picture files, or folders of them.")
    private List<Path> images = List.of();

    private int rejected;

    @Override
    public Integer call() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path image : images) {
            files.addAll(PictureFile.find(image));
        }
        PipelineSettings settings =
                PipelineSettings.of(model.toString(), text(onnx), engine, 1)
                        .withPlan(new PlanSettings(precision, text(cache), text(plan)));
        PrintWriter out = spec.commandLine().getOut();
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            tellOfCpu(pipeline.model());
            InferencePrinter printer = new InferencePrinter(out, pipeline.model());
            for (Path file : files) {
                infer(file, pipeline, printer);
            }
        }
        if (rejected > 0) {
            throw new IOException(
                    rejected
                            + " of "
                            + files.size()
                            + " pictures could not be examined; see above");
        }
        return 0;
    }

    /** A log would tell, but is not shown by default. */
    private void tellOfCpu(ModelDescription running) {
        if (engine == EngineChoice.AUTO
                && running.engine().equals(EngineChoice.ONNXRUNTIME.label())) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "frameflow: no GPU is used, ONNX Runtime runs on the CPU (--verbose says why)");
            err.flush();
        }
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }

    private void infer(Path file, FramePipeline pipeline, InferencePrinter printer)
            throws IOException {
        FrameResult result = examine(pipeline, read(file));
        if (result instanceof FrameResult.Examined examined) {
            printer.print(file.toString(), examined);
        } else if (result instanceof FrameResult.Rejected rejection) {
            rejected++;
            spec.commandLine()
                    .getErr()
                    .printf(
                            "frameflow: %s: %s (%s)%n",
                            file, rejection.message(), rejection.code());
        }
    }

    private static EncodedFrame read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ImageEncoding encoding = PictureFile.encoding(file, bytes);
        if (encoding != null) {
            return new EncodedFrame("", 0, 0, encoding, 0, 0, ByteBuffer.wrap(bytes));
        }
        try (VideoReader reader = VideoReader.open(file.toString(), ImageEncoding.BGR8, null)) {
            VideoFrame frame = reader.read();
            if (frame == null) {
                throw new IOException("cannot decode the picture " + file + ": is it damaged?");
            }
            ByteBuffer pixels = ByteBuffer.wrap(frame.pixels());
            return new EncodedFrame(
                    "", 0, 0, frame.layout(), frame.width(), frame.height(), pixels);
        }
    }

    private static FrameResult examine(FramePipeline pipeline, EncodedFrame frame)
            throws IOException {
        try {
            return pipeline.submit(List.of(frame)).get().get(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while examining a picture");
        } catch (ExecutionException e) {
            throw new IOException("the pipeline failed: " + e.getCause(), e);
        }
    }

    /** The engines as they are written. */
    private static final class EngineCandidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(EngineChoice.values()).map(EngineChoice::label).iterator();
        }
    }

    /** Reads an engine as it is written. */
    private static final class EngineConverter implements ITypeConverter<EngineChoice> {
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
