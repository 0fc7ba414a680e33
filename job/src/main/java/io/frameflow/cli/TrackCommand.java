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

import static java.util.Objects.requireNonNull;

import io.frameflow.cli.motchallenge.MotChallengeFormatException;
import io.frameflow.cli.motchallenge.MotChallengeReader;
import io.frameflow.cli.motchallenge.MotChallengeRow;
import io.frameflow.cli.motchallenge.MotChallengeWriter;
import io.frameflow.cli.motchallenge.SequenceTracking;
import io.frameflow.operators.tracking.tracker.Tracker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Joins the detections of a MOTChallenge file to tracks. */
@Command(
        name = "track",
        mixinStandardHelpOptions = true,
        description = {
            "Join the detections of a MOTChallenge file to tracks.",
            "Writes frame,id,bb_left,bb_top,bb_width,bb_height,conf,-1,-1,-1 to standard output:"
                    + " a row for each confirmed track in each frame that it is seen in."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:the file cannot be read or is wrong", "2:wrong usage"})
public final class TrackCommand implements Callable<Integer> {
    /** A file is read as a whole and then done with: no reason for a camera's limit. */
    private static final int MOST_TARGETS = 10_000;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private TrackerFlags flags = new TrackerFlags();

    @Parameters(
            paramLabel = "det.txt",
            description = "Detections: frame,id,bb_left,bb_top,bb_width,bb_height,conf[,x,y,z].")
    private @Nullable Path detections;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = requireNonNull(spec);
        Path file = requireNonNull(detections);
        Tracker chosen = chooseTracker(command);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException("cannot read " + file + ": give a det.txt file");
        }
        List<MotChallengeRow> rows;
        try {
            rows = MotChallengeReader.read(file);
        } catch (MotChallengeFormatException e) {
            command.commandLine().getErr().println("frameflow: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
        track(chosen, rows, command);
        return ExitCode.OK;
    }

    private Tracker chooseTracker(CommandSpec command) {
        try {
            return flags.options(MOST_TARGETS).newTracker();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private static void track(Tracker tracker, List<MotChallengeRow> rows, CommandSpec command) {
        PrintWriter out = command.commandLine().getOut();
        SequenceTracking sequence =
                new SequenceTracking(tracker, new MotChallengeWriter(out)::write);
        sequence.run(rows);
        out.flush();
        if (sequence.ignored() > 0) {
            command.commandLine()
                    .getErr()
                    .println(
                            "frameflow: "
                                    + sequence.ignored()
                                    + " detections were left out: without a sensible box, or behind"
                                    + " the first 1000 of a frame");
        }
    }
}
