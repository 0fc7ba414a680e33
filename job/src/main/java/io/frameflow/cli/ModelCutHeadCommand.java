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
import io.frameflow.cli.process.TemporaryFolder;
import io.frameflow.model.ModelFile;
import io.frameflow.pipeline.cut.CutFiles;
import io.frameflow.pipeline.cut.CutHead;
import io.frameflow.pipeline.cut.CutModelText;
import io.frameflow.pipeline.cut.HeadCutter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code frameflow model cut-head}: a network of YOLOv5 without its head, and its model file. */
@Command(
        name = "cut-head",
        description = {
            "Make a network of family yolov5-raw of one of family yolov5.",
            "The network ends at its last convolutions; decoding is Frameflow's. Both networks run"
                    + " on noise, and nothing is written unless they agree in every box.",
            ""
        })
final class ModelCutHeadCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private ModelOptions model;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "ONNX file to write.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path output;

    @Option(
            names = "--model-output",
            paramLabel = "model.yaml",
            description =
                    "Model file to write. Default: the name of --output with .yaml at the end.")
    private @Nullable Path modelOutput;

    @Override
    public Integer call() throws IOException {
        Path target = modelOutput == null ? besideOutput() : modelOutput;
        if (target.toAbsolutePath().normalize().equals(output.toAbsolutePath().normalize())) {
            throw new ParameterException(
                    spec.commandLine(), "--output and --model-output are the same file");
        }
        refuseExisting(output);
        refuseExisting(target);
        ModelFile file = model.read();
        try (TemporaryFolder folder = TemporaryFolder.create("frameflow-cut-head")) {
            CutHead cut = HeadCutter.cut(file, folder.path());
            CutFiles.write(cut, model.model(), output, target);
            report(cut, target);
        }
        return 0;
    }

    private Path besideOutput() {
        String name = String.valueOf(output.getFileName());
        int dot = name.lastIndexOf('.');
        return output.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".yaml");
    }

    private static void refuseExisting(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new IOException(target + " is there already: it is not overwritten");
        }
    }

    private void report(CutHead cut, Path target) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: the network without its head, %d operators less%n",
                output, cut.operatorsLeftOut());
        for (int scale = 0; scale < cut.outputs().size(); scale++) {
            out.printf(
                    "  %s, anchors %s%n",
                    cut.outputs().get(scale), CutModelText.row(cut.anchors().get(scale)));
        }
        out.printf(
                "%s: its model file%nChecked on noise: all %d boxes agree, centres and sides within"
                        + " %.2g pixels, scores within %.2g%n",
                target, cut.boxes(), cut.boxDifference(), cut.scoreDifference());
        out.printf("Next: ./frameflow engine build --model %s --onnx %s%n", target, output);
        out.flush();
    }
}
