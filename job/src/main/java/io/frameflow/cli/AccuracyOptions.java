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

import io.frameflow.cli.evaluate.accuracy.AccuracyGate;
import io.frameflow.cli.evaluate.accuracy.AccuracyMeasurement;
import io.frameflow.cli.evaluate.accuracy.UnseenPictures;
import io.frameflow.engine.tensorrt.build.PlanTrial;
import io.frameflow.engine.tensorrt.calibrate.CalibrationRecord;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.assembly.HostPipelines;
import io.frameflow.pipeline.assembly.LocatedPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a plan's accuracy is measured with, and what it may lose. */
final class AccuracyOptions {
    private static final String DEFAULT_LIMIT = "1";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--accuracy-pictures",
            paramLabel = "PICTURE",
            description =
                    "With int8: pictures, or folders of them, on which the plan is compared with"
                            + " single precision before it is stored; repeatable. Those that took"
                            + " part in the calibration are left out.")
    private List<Path> pictures = List.of();

    @Option(
            names = "--accuracy-limit",
            paramLabel = "POINTS",
            defaultValue = DEFAULT_LIMIT,
            description =
                    "Most points of the task's metric that may be lost: AP50 of objects, fwIoU of"
                            + " class maps (default: ${DEFAULT-VALUE}).")
    private double limit;

    @Option(
            names = "--accept-accuracy-loss",
            description = "Store the plan whatever it loses, also without measuring.")
    private boolean accepted;

    @Option(
            names = "--reference-onnx",
            paramLabel = "FILE",
            description =
                    "Network to compare with, where the one that is built is quantised itself.")
    private @Nullable Path reference;

    /**
     * The trial of a plan.
     *
     * @param model the model
     * @param modelFile where it was read from
     * @param needed whether the plan uses bytes, so that it has to be measured
     * @param calibrationCache what its scales come from
     */
    PlanTrial trial(
            ModelFile model,
            Path modelFile,
            boolean needed,
            Optional<Path> calibrationCache,
            int gpu,
            Consumer<String> progress)
            throws IOException {
        if (pictures.isEmpty()) {
            if (needed && !accepted) {
                throw new ParameterException(
                        spec.commandLine(),
                        "int8 needs --accuracy-pictures, on which the plan is compared with single"
                                + " precision before it is stored, or --accept-accuracy-loss to"
                                + " store it without");
            }
            return PlanTrial.NONE;
        }
        if (!(limit >= 0)) {
            throw new ParameterException(spec.commandLine(), "--accuracy-limit must be 0 or more");
        }
        UnseenPictures unseen =
                UnseenPictures.of(pictures, calibrationCache.flatMap(CalibrationRecord::of));
        PrintWriter err = spec.commandLine().getErr();
        err.println("measuring the accuracy on " + unseen.summary());
        err.flush();
        ModelFile original = reference == null ? model : ModelFileReader.read(modelFile, reference);
        return new AccuracyGate(
                new AccuracyMeasurement(unseen.files(), progress),
                () -> HostPipelines.onnxRuntime(original),
                plan -> HostPipelines.tensorRt(model, new LocatedPlan(plan, "", "build it"), gpu),
                new AccuracyGate.Limit(limit, accepted),
                spec.commandLine().getOut());
    }
}
