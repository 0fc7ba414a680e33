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

import io.frameflow.cli.engine.CalibrationPictures;
import io.frameflow.cli.engine.ElapsedTime;
import io.frameflow.cli.picture.PictureFile;
import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.build.BuildOptions;
import io.frameflow.engine.tensorrt.build.BuildRequest;
import io.frameflow.engine.tensorrt.build.EngineBuild;
import io.frameflow.engine.tensorrt.calibrate.CalibrationAlgorithm;
import io.frameflow.engine.tensorrt.calibrate.CalibrationCache;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frameflow calibrate}: the scales that a network needs for computing with bytes. */
@Command(
        name = "calibrate",
        description = {
            "Find the ranges of a network's tensors in pictures, for 'engine build --precision int8'.",
            "Take pictures like those of your cameras, some hundred, and others than you measure the"
                    + " accuracy with. Writes TensorRT's calibration cache.",
            ""
        })
final class CalibrateCommand implements Callable<Integer> {
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
            names = "--algorithm",
            paramLabel = "NAME",
            defaultValue = "entropy",
            description = "entropy or minmax (default: ${DEFAULT-VALUE}).")
    private String algorithm = CalibrationAlgorithm.ENTROPY.label();

    @Option(
            names = "--batch",
            paramLabel = "IMAGES",
            defaultValue = "8",
            description = "Pictures a batch (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "File for the calibration cache.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path output;

    @Option(
            names = "--gpu",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Card to use, as CUDA counts (default: ${DEFAULT-VALUE}).")
    private int gpu;

    @Parameters(
            arity = "1..*",
            paramLabel = "PICTURE",
            description = "JPEG and PNG files, or folders of them.")
    private List<Path> pictures = List.of();

    @Override
    public Integer call() throws IOException {
        CalibrationAlgorithm chosen =
                CalibrationAlgorithm.ofLabel(algorithm)
                        .orElseThrow(
                                () -> usage("'" + algorithm + "' is neither entropy nor minmax"));
        List<Path> files = new ArrayList<>();
        for (Path picture : pictures) {
            files.addAll(PictureFile.find(picture));
        }
        if (batch < 1 || files.size() < batch) {
            throw usage(files.size() + " pictures are not enough for a batch of " + batch);
        }
        ModelFile file =
                onnx == null ? ModelFileReader.read(model) : ModelFileReader.read(model, onnx);
        CalibrationCache cache = calibrate(file, chosen, files);
        cache.write(output, Sha256.of(file.onnx()));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: scales of %d tensors from %d pictures, %s%n",
                output, cache.tensors(), files.size() / batch * batch, chosen.label());
        out.flush();
        return 0;
    }

    private CalibrationCache calibrate(
            ModelFile file, CalibrationAlgorithm chosen, List<Path> files) {
        BuildRequest request =
                new BuildRequest(
                        file,
                        gpu,
                        new BuildOptions(Precision.INT8, Optional.empty(), 0, 0),
                        EngineCache.ofUser(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true);
        try (ElapsedTime elapsed = new ElapsedTime(spec.commandLine().getErr());
                CalibrationPictures data =
                        new CalibrationPictures(
                                files,
                                file.input(),
                                batch,
                                count ->
                                        elapsed.step(
                                                "calibrating, picture "
                                                        + count
                                                        + " of "
                                                        + files.size()))) {
            return EngineBuild.calibrate(request, chosen, data, elapsed::step);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
