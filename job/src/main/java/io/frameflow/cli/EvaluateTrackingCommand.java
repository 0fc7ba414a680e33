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

import io.frameflow.cli.evaluate.tracking.Benchmark;
import io.frameflow.cli.evaluate.tracking.SequenceFiles;
import io.frameflow.cli.evaluate.tracking.TrackingEvaluation;
import io.frameflow.cli.evaluate.tracking.TrackingReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code frameflow evaluate tracking}: tracks against ground truth, in MOTChallenge's files. */
@Command(
        name = "tracking",
        description = {
            "Measure tracks against ground truth, both in MOTChallenge's format.",
            "Prints one JSON object with HOTA, CLEAR MOT and identity figures by TrackEval's names,"
                    + " shares in percent: of all sequences together and, under 'sequences', of each"
                    + " if there are several.",
            ""
        })
final class EvaluateTrackingCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--truth",
            required = true,
            paramLabel = "gt.txt",
            description =
                    "Ground truth: a file, the folder of a sequence with gt.txt or gt/gt.txt, or a"
                            + " folder of such folders. May be given several times.")
    private List<Path> truth = List.of();

    @Option(
            names = "--tracks",
            required = true,
            paramLabel = "FILE",
            description =
                    "Tracks: a file, or a folder with SEQUENCE.txt for each sequence. As often as"
                            + " --truth, in the same order.")
    private List<Path> tracks = List.of();

    @Option(
            names = "--iou-threshold",
            paramLabel = "IOU",
            defaultValue = "0.5",
            description =
                    "Overlap from which a track follows an object, for CLEAR MOT and the identity"
                            + " figures (default: ${DEFAULT-VALUE}).")
    private double iouThreshold;

    @Option(
            names = "--benchmark",
            paramLabel = "NAME",
            description =
                    "Whose rules hold of what counts, one of ${COMPLETION-CANDIDATES}. Default:"
                            + " MOT17 where ground truth names classes from 1, MOT15 where it does"
                            + " not. MOT15 judges boxes of all classes.")
    private @Nullable Benchmark benchmark;

    @Option(names = "--table", description = "Print a table for people.")
    private boolean table;

    @Override
    public Integer call() throws IOException {
        if (truth.size() != tracks.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give --tracks as often as --truth: there are %d and %d"
                            .formatted(tracks.size(), truth.size()));
        }
        if (!(iouThreshold > 0 && iouThreshold <= 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--iou-threshold is " + iouThreshold + ", must be above 0 and at most 1");
        }
        List<SequenceFiles> sequences = new ArrayList<>();
        for (int i = 0; i < truth.size(); i++) {
            sequences.addAll(SequenceFiles.find(truth.get(i), tracks.get(i)));
        }
        TrackingReport report = new TrackingEvaluation(iouThreshold, benchmark).evaluate(sequences);
        PrintWriter out = spec.commandLine().getOut();
        if (table) {
            report.printTable(out);
        } else {
            report.printJson(out);
        }
        return 0;
    }
}
