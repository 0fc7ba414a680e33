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

import io.frameflow.cli.output.InferencePrinter;
import io.frameflow.cli.picture.PictureExaminer;
import io.frameflow.cli.picture.PictureFile;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();

    @Option(
            names = "--masks",
            paramLabel = "DIR",
            description =
                    "Write the class of every pixel as DIR/NAME.png, eight bits a pixel, for"
                            + " segmentation models.")
    private @Nullable Path masks;

    @Option(
            names = "--colored-masks",
            paramLabel = "DIR",
            description = "The same with the colours of the model file as a palette.")
    private @Nullable Path coloredMasks;

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
        PrintWriter out = spec.commandLine().getOut();
        try (FramePipeline pipeline = new ModelPipelineFactory(pipelineOptions.settings()).open()) {
            tellOfCpu(pipeline.model());
            InferencePrinter printer = new InferencePrinter(out, pipeline.model());
            PictureExaminer examiner = new PictureExaminer(pipeline);
            MaskFolders folders = new MaskFolders(masks, coloredMasks, this::colors);
            for (Path file : files) {
                infer(file, examiner, printer, folders);
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
        if (pipelineOptions.engine() == EngineChoice.AUTO
                && running.engine().equals(EngineChoice.ONNXRUNTIME.label())) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "frameflow: no GPU is used, ONNX Runtime runs on the CPU (--verbose says why)");
            err.flush();
        }
    }

    private void infer(
            Path file, PictureExaminer examiner, InferencePrinter printer, MaskFolders folders)
            throws IOException {
        FrameResult result = examiner.examine(file);
        if (result instanceof FrameResult.Examined examined) {
            folders.write(file, examined.findings().classMap());
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

    private List<Integer> colors() {
        return pipelineOptions.read().colors();
    }
}
