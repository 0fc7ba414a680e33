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
package io.frameflow.cli.evaluate.accuracy;

import io.frameflow.cli.evaluate.FiguresPrinter;
import io.frameflow.engine.tensorrt.build.PlanTrial;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.FramePipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets a plan pass whose results are as good as those of single precision, but for a declared loss.
 * Single precision is ONNX Runtime on the CPU: it is on every machine, it is the reference that the
 * project's own results are held to, and a second build of the network is not needed.
 */
public final class AccuracyGate implements PlanTrial {
    private final AccuracyMeasurement measurement;
    private final Supplier<FramePipeline> reference;
    private final Function<Path, FramePipeline> judged;
    private final Limit limit;
    private final PrintWriter out;

    /**
     * What is demanded.
     *
     * @param points most points of the task's metric that may be lost, 0 or more
     * @param accepted whether a plan that loses more passes all the same
     */
    public record Limit(double points, boolean accepted) {}

    /**
     * A gate.
     *
     * @param reference opens single precision
     * @param judged opens a plan
     * @param out takes the table
     */
    public AccuracyGate(
            AccuracyMeasurement measurement,
            Supplier<FramePipeline> reference,
            Function<Path, FramePipeline> judged,
            Limit limit,
            PrintWriter out) {
        this.measurement = measurement;
        this.reference = reference;
        this.judged = judged;
        this.limit = limit;
        this.out = out;
    }

    /**
     * Measures a plan and prints the figures.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_PLAN} if it loses too much, {@link
     *     FailureCode#INVALID_SETTINGS} if the pictures cannot be read, or show nothing
     */
    @Override
    public void judge(Path plan) {
        AccuracyComparison comparison;
        try {
            comparison = measurement.compare(reference, () -> judged.apply(plan));
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    "the accuracy of the plan cannot be measured: " + e.getMessage(),
                    e);
        }
        FiguresPrinter.printTable(comparison.figures(), out);
        Optional<AccuracyLoss> loss = comparison.loss();
        if (!limit.accepted()) {
            check(
                    loss.orElseThrow(
                            () ->
                                    new FrameflowException(
                                            FailureCode.INVALID_SETTINGS,
                                            "single precision finds nothing in these pictures, so"
                                                    + " that nothing can be lost: give"
                                                    + " --accuracy-pictures that show what the"
                                                    + " network looks for")));
        }
    }

    private void check(AccuracyLoss loss) {
        if (loss.points() > limit.points()) {
            throw new FrameflowException(
                    FailureCode.INVALID_PLAN,
                    String.format(
                            Locale.ROOT,
                            "the plan loses %.2f points of %s, more than the %.2f of"
                                    + " --accuracy-limit, and is not stored: calibrate with --algorithm"
                                    + " minmax and more pictures like those of your cameras,"
                                    + " keep layers in half precision with --fp16-layers,"
                                    + " build with --precision fp16, or take it as it is with"
                                    + " --accept-accuracy-loss",
                            loss.points(),
                            loss.metric(),
                            limit.points()));
        }
    }
}
