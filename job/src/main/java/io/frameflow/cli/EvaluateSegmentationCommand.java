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
import io.frameflow.cli.evaluate.segmentation.SegmentationEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code frameflow evaluate segmentation}: class maps against ground truth, as Cityscapes does. */
@Command(
        name = "segmentation",
        description = {
            "Measure class maps against ground truth, both as PNGs of class ids.",
            "Prints one JSON object with the intersection over union of Cityscapes' 19 classes"
                    + " (classScores) and 7 categories (categoryScores) and their means"
                    + " (averageScoreClasses, averageScoreCategories), in percent; null for classes"
                    + " that do not occur.",
            "Files whose names end in labelIds.png hold Cityscapes' label ids, others its training"
                    + " ids, 0 to 18, as infer --masks writes them. Pixels of other classes in the"
                    + " ground truth do not count.",
            ""
        })
final class EvaluateSegmentationCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--truth",
            required = true,
            paramLabel = "PATH",
            description =
                    "Ground truth: a PNG, or a folder, such as gtFine/val; of one with labelIds.png"
                            + " files those alone.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path truth;

    @Option(
            names = "--results",
            required = true,
            paramLabel = "PATH",
            description =
                    "Class maps: a PNG, or a folder with one for each picture of the ground truth,"
                            + " named alike, or with the same city, sequence and frame.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path results;

    @Option(names = "--table", description = "Print a table for people.")
    private boolean table;

    @Override
    public Integer call() throws IOException {
        Map<String, @Nullable Object> figures = SegmentationEvaluation.evaluate(truth, results);
        if (table) {
            FiguresPrinter.printTable(figures, spec.commandLine().getOut());
        } else {
            FiguresPrinter.printJson(figures, spec.commandLine().getOut());
        }
        return 0;
    }
}
