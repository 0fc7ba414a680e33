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
import io.frameflow.cli.evaluate.detection.DetectionEvaluation;
import io.frameflow.cli.evaluate.detection.EvaluationKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code frameflow evaluate detection}: boxes or keypoints against ground truth, as COCO does. */
@Command(
        name = "detection",
        description = {
            "Measure detections against ground truth, both in COCO's format.",
            "Prints one JSON object with COCO's 12 figures for boxes (AP, AP50, AP75, APs, APm, APl,"
                    + " AR1, AR10, AR100, ARs, ARm, ARl) or 10 for keypoints (AP, AP50, AP75, APm,"
                    + " APl, AR, AR50, AR75, ARm, ARl), in percent; -1 where there is no object of"
                    + " that size.",
            ""
        })
final class EvaluateDetectionCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--truth",
            required = true,
            paramLabel = "coco.json",
            description = "Ground truth: images, annotations, categories.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path truth;

    @Option(
            names = "--results",
            required = true,
            paramLabel = "results.json",
            description =
                    "Results: a list of objects with image_id, category_id, score, and bbox or"
                            + " keypoints.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path results;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "bbox",
            description = "What is compared: bbox, keypoints (default: ${DEFAULT-VALUE}).")
    private EvaluationKind kind = EvaluationKind.BBOX;

    @Option(names = "--table", description = "Print a table for people.")
    private boolean table;

    @Override
    public Integer call() throws IOException {
        Map<String, Double> figures = new DetectionEvaluation(kind).evaluate(truth, results);
        if (table) {
            FiguresPrinter.printTable(figures, spec.commandLine().getOut());
        } else {
            FiguresPrinter.printJson(figures, spec.commandLine().getOut());
        }
        return 0;
    }
}
