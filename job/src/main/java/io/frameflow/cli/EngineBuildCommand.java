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
import io.frameflow.cli.engine.ModelOptions;
import io.frameflow.cli.engine.NetworkToBuild;
import io.frameflow.cli.engine.PrecisionConverter;
import io.frameflow.cli.engine.Sizes;
import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.BatchProfile;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.PlanKey;
import io.frameflow.engine.tensorrt.build.BuildOptions;
import io.frameflow.engine.tensorrt.build.BuildRequest;
import io.frameflow.engine.tensorrt.build.BuildResult;
import io.frameflow.engine.tensorrt.build.EngineBuild;
import io.frameflow.model.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code frameflow engine build}: an ONNX file to a plan in the engine cache. */
@Command(
        name = "build",
        description = {
            "Build the engine of a model for the card that is here.",
            "The plan ends in the engine cache, where jobs and 'infer' find it. It fits this version of"
                    + " TensorRT and this kind of card only.",
            ""
        })
final class EngineBuildCommand implements Callable<Integer> {
    private static final long MIB = 1 << 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private ModelOptions model;

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = "fp16",
            converter = PrecisionConverter.class,
            description =
                    "fp32, without TF32; fp16 where it is faster; int8 where it is faster and"
                            + " calibrated (default: ${DEFAULT-VALUE}).")
    private Precision precision = Precision.FP16;

    @Option(
            names = "--batch-min",
            paramLabel = "IMAGES",
            description = "Fewest images a batch (default: 1, or what the network has fixed).")
    private @Nullable Integer batchMin;

    @Option(
            names = "--batch-opt",
            paramLabel = "IMAGES",
            description = "Images a batch that it is tuned for (default: --batch-max).")
    private @Nullable Integer batchOpt;

    @Option(
            names = "--batch-max",
            paramLabel = "IMAGES",
            description = "Most images a batch (default: 32, or what the network has fixed).")
    private @Nullable Integer batchMax;

    @Option(
            names = "--optimization-level",
            paramLabel = "0-5",
            defaultValue = "" + BuildOptions.DEFAULT_OPTIMIZATION_LEVEL,
            description =
                    "How long the builder looks for faster kernels (default: ${DEFAULT-VALUE}).")
    private int optimizationLevel = BuildOptions.DEFAULT_OPTIMIZATION_LEVEL;

    @Option(
            names = "--workspace",
            paramLabel = "MIB",
            defaultValue = "0",
            description =
                    "Most memory for intermediate results of a layer; 0 is all of the card's"
                            + " (default: ${DEFAULT-VALUE}).")
    private long workspaceMib;

    @Option(
            names = "--timing-cache",
            paramLabel = "FILE",
            description =
                    "File that keeps how long kernels took, for the next build (default: one for each"
                            + " card and version in the engine cache).")
    private @Nullable Path timingCache;

    @Option(
            names = "--calibration-cache",
            paramLabel = "FILE",
            description =
                    "With int8: what 'frameflow calibrate' wrote. Networks that say themselves how"
                            + " they are quantised need none.")
    private @Nullable Path calibrationCache;

    @Option(
            names = "--fp16-layers",
            paramLabel = "NAME",
            split = ",",
            description =
                    "With int8: layers that compute with half precision all the same, by the names"
                            + " of the ONNX file, in which * stands for anything.")
    private List<String> fp16Layers = List.of();

    @Option(
            names = "--append-nms",
            description =
                    "Add decoding and suppression of overlapping boxes to the network, with the"
                            + " thresholds of the model file, so that the plan gives final boxes; for"
                            + " the families yolov5 and yolov8.")
    private boolean appendNms;

    @Option(
            names = "--keep-head",
            description =
                    "Build a network of the family yolov5 with its head. By default the plan ends at"
                            + " the last convolutions, Frameflow's kernels do what the head does, and"
                            + " the card does half as much again; it stays where output-tensors ask for"
                            + " it, with int8, and with --append-nms.")
    private boolean keepHead;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private AccuracyOptions accuracy;

    @Option(
            names = "--engine-cache",
            paramLabel = "FOLDER",
            description = "Engine cache (default: frameflow/engines in the user's cache folder).")
    private @Nullable Path cache;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the plan to this file instead of the engine cache.")
    private @Nullable Path output;

    @Option(names = "--rebuild", description = "Build it even if the engine cache has it.")
    private boolean rebuild;

    @Option(
            names = "--gpu",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Card to build for, as CUDA counts (default: ${DEFAULT-VALUE}).")
    private int gpu;

    @Override
    public Integer call() throws IOException {
        try (ElapsedTime elapsed = new ElapsedTime(spec.commandLine().getErr());
                NetworkToBuild network = network(elapsed)) {
            BuildResult result = EngineBuild.run(request(network, elapsed), elapsed::step);
            elapsed.close();
            print(result);
            network.reasonForHead().ifPresent(this::sayWhyTheHeadStays);
        }
        return 0;
    }

    private NetworkToBuild network(ElapsedTime elapsed) throws IOException {
        ModelFile file = model.read();
        if (keepHead
                || appendNms
                || precision == Precision.INT8
                || !NetworkToBuild.canLoseHead(file)) {
            return NetworkToBuild.asItIs(file);
        }
        elapsed.step("cutting the head off");
        return NetworkToBuild.withoutHead(file);
    }

    private void sayWhyTheHeadStays(String reason) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("The network has kept its head: " + reason);
        err.flush();
    }

    private BuildRequest request(NetworkToBuild network, ElapsedTime elapsed) throws IOException {
        ModelFile file = network.model();
        Optional<Path> scales = Optional.ofNullable(calibrationCache);
        return new BuildRequest(
                file,
                network.whole(),
                gpu,
                options(),
                cache == null ? EngineCache.ofUser() : new EngineCache(cache),
                Optional.ofNullable(output),
                Optional.ofNullable(timingCache),
                scales,
                rebuild,
                accuracy.trial(
                        file,
                        model.model(),
                        precision == Precision.INT8,
                        scales,
                        gpu,
                        elapsed::step));
    }

    private BuildOptions options() {
        try {
            return new BuildOptions(
                    precision,
                    batch(),
                    optimizationLevel,
                    workspaceMib * MIB,
                    fp16Layers,
                    appendNms);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Optional<BatchProfile> batch() {
        if (batchMin == null && batchOpt == null && batchMax == null) {
            return Optional.empty();
        }
        BatchProfile standard = BuildOptions.DEFAULT_BATCH;
        int least = batchMin == null ? standard.least() : batchMin;
        int most = batchMax == null ? Math.max(least, standard.most()) : batchMax;
        return Optional.of(new BatchProfile(least, batchOpt == null ? most : batchOpt, most));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void print(BuildResult result) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path plan = result.plan().plan();
        PlanKey key = result.plan().metadata().key();
        out.println(plan);
        out.printf(
                Locale.ROOT,
                "%s %s, batches of %d to %d tuned for %d, %s, TensorRT %s on %s%n",
                result.plan().metadata().network(),
                key.precision().label(),
                key.batch().least(),
                key.batch().most(),
                key.batch().optimal(),
                Sizes.text(Files.size(plan)),
                key.tensorRt(),
                key.card());
        out.println(
                result.built()
                        ? String.format(
                                Locale.ROOT,
                                "built in %.1f s at optimization level %d",
                                result.plan().metadata().buildSeconds(),
                                key.optimizationLevel())
                        : "was in the cache already; --rebuild builds it again");
        out.flush();
    }
}
