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

import io.frameflow.cli.calibrate.CalibrationPictures;
import io.frameflow.cli.calibrate.KeptPictures;
import io.frameflow.cli.calibrate.PictureCollector;
import io.frameflow.cli.calibrate.PictureSplit;
import io.frameflow.cli.engine.ElapsedTime;
import io.frameflow.cli.engine.ModelOptions;
import io.frameflow.cli.process.TemporaryFolder;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.build.CalibrationBuild;
import io.frameflow.engine.tensorrt.calibrate.CalibrationAlgorithm;
import io.frameflow.engine.tensorrt.calibrate.CalibrationCache;
import io.frameflow.engine.tensorrt.calibrate.CalibrationRecord;
import io.frameflow.model.ModelFile;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "Take some hundred pictures like those of your cameras: of a folder, a video, or the"
                    + " frames of a topic. The last ones are kept out, for measuring the accuracy."
                    + " Writes TensorRT's calibration cache, and beside it a JSON file that says what"
                    + " took part.",
            ""
        })
final class CalibrateCommand implements Callable<Integer> {
    private static final int MOST_PERCENT = 90;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private ModelOptions model;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            defaultValue = "minmax",
            description = "minmax or entropy (default: ${DEFAULT-VALUE}).")
    private String algorithm = CalibrationAlgorithm.MINMAX.label();

    @Option(
            names = "--batch",
            paramLabel = "IMAGES",
            defaultValue = "8",
            description =
                    "Pictures a batch, unless the network has fixed another number (default:"
                            + " ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "500",
            description = "Most pictures that are taken (default: ${DEFAULT-VALUE}).")
    private int images;

    @Option(
            names = "--every",
            paramLabel = "K",
            defaultValue = "1",
            description =
                    "Take every K-th picture of a folder, video or topic (default:"
                            + " ${DEFAULT-VALUE}).")
    private int every;

    @Option(
            names = "--hold-back",
            paramLabel = "PERCENT",
            defaultValue = "20",
            description =
                    "How many of the pictures, the last ones, are kept out of the calibration"
                            + " (default: ${DEFAULT-VALUE}).")
    private int holdBack;

    @Option(
            names = "--keep-pictures",
            paramLabel = "FOLDER",
            description =
                    "Keep the pictures in FOLDER/calibration and FOLDER/held-back; the latter is for"
                            + " --accuracy-pictures of 'engine build'.")
    private @Nullable Path keep;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "File for the calibration cache. Without it pictures are gathered only, for"
                            + " --keep-pictures, which needs no card.")
    private @Nullable Path output;

    @Option(
            names = "--timing-cache",
            paramLabel = "FILE",
            description =
                    "File that keeps how long kernels took (default: one for each card and version"
                            + " in the engine cache).")
    private @Nullable Path timingCache;

    @Option(
            names = "--gpu",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Card to use, as CUDA counts (default: ${DEFAULT-VALUE}).")
    private int gpu;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Take the frames that are on this Kafka topic.")
    private @Nullable String topic;

    @Mixin private final KafkaOptions kafka = new KafkaOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "INPUT",
            description = "JPEG and PNG files, folders of them, videos, or addresses of streams.")
    private List<String> inputs = List.of();

    @Override
    public Integer call() throws IOException {
        CalibrationAlgorithm chosen = check();
        ModelFile file = model.read();
        try (TemporaryFolder folder = TemporaryFolder.create("frameflow-calibrate");
                ElapsedTime elapsed = new ElapsedTime(spec.commandLine().getErr())) {
            PictureSplit split = PictureSplit.of(gather(folder.path(), elapsed), holdBack);
            if (split.size() < batch) {
                throw usage(split.size() + " pictures are not enough for a batch of " + batch);
            }
            if (keep != null) {
                KeptPictures.write(split, keep);
            }
            String summary =
                    output == null
                            ? "%s: %d pictures for calibration".formatted(keep, split.size())
                            : calibrate(file, chosen, split, output, elapsed);
            elapsed.close();
            PrintWriter out = spec.commandLine().getOut();
            out.println(summary + "; " + split.heldBack().size() + " pictures held back");
            out.flush();
        }
        return 0;
    }

    private String calibrate(
            ModelFile file,
            CalibrationAlgorithm chosen,
            PictureSplit split,
            Path target,
            ElapsedTime elapsed)
            throws IOException {
        int used = split.size() / batch * batch;
        List<Path> pictures = split.calibration().subList(0, used);
        CalibrationCache cache = scales(file, chosen, pictures, elapsed);
        cache.write(target, record(file, pictures, split.heldBack().size()));
        return "%s: scales of %d tensors from %d pictures, %s"
                .formatted(target, cache.tensors(), used, chosen.label());
    }

    private CalibrationAlgorithm check() {
        if (inputs.isEmpty() == (topic == null)) {
            throw usage("give pictures or a video, or else a --topic");
        }
        if (output == null && keep == null) {
            throw usage(
                    "give an --output for the scales, or --keep-pictures to gather pictures only");
        }
        if (batch < 1 || images < 1 || every < 1 || holdBack < 0 || holdBack > MOST_PERCENT) {
            throw usage(
                    "--batch, --images and --every must be at least 1, --hold-back from 0 to "
                            + MOST_PERCENT);
        }
        return CalibrationAlgorithm.ofLabel(algorithm)
                .orElseThrow(() -> usage("'" + algorithm + "' is neither minmax nor entropy"));
    }

    private List<Path> gather(Path folder, ElapsedTime elapsed) throws IOException {
        elapsed.step("gathering pictures");
        try (PictureCollector collector =
                new PictureCollector(folder, every, images, elapsed::step)) {
            for (String input : inputs) {
                collector.addInput(input);
            }
            if (topic != null) {
                collector.addTopic(kafka.connection(), topic);
                warnOfUnreadable(collector.unreadable());
            }
            return collector.pictures();
        }
    }

    private void warnOfUnreadable(long messages) {
        if (messages > 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("frameflow: " + messages + " messages hold no picture and are left out");
            err.flush();
        }
    }

    private CalibrationCache scales(
            ModelFile file, CalibrationAlgorithm chosen, List<Path> pictures, ElapsedTime elapsed) {
        // Closes the decoders at the end: nothing is committed.
        try (Rollback closing = new Rollback()) {
            return CalibrationBuild.run(
                    file,
                    gpu,
                    Optional.ofNullable(timingCache),
                    chosen,
                    batch,
                    size ->
                            closing.add(
                                    new CalibrationPictures(
                                            pictures,
                                            file.input(),
                                            size,
                                            count ->
                                                    elapsed.step(
                                                            "calibrating, picture %d of %d"
                                                                    .formatted(
                                                                            count,
                                                                            pictures.size())))),
                    elapsed::step);
        }
    }

    private static CalibrationRecord record(ModelFile file, List<Path> pictures, int heldBack)
            throws IOException {
        List<String> digests = new ArrayList<>();
        for (Path picture : pictures) {
            digests.add(Sha256.of(picture));
        }
        return new CalibrationRecord(
                Sha256.of(file.onnx()),
                CalibrationRecord.describe(file.input()),
                digests,
                heldBack);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
