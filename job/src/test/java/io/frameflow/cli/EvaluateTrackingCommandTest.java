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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTrackingCommandTest {
    private static final String TRUTH = "1,1,0,0,10,20,1,-1,-1,-1\n2,1,0,0,10,20,1,-1,-1,-1\n";
    private static final String TRACKS = "1,5,0,0,10,20,1,-1,-1,-1\n2,6,0,0,10,20,1,-1,-1,-1\n";

    @TempDir private Path folder;
    private Path truth = Path.of("");
    private Path tracks = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        truth = write("truth/street/gt/gt.txt", TRUTH);
        tracks = write("tracks/street.txt", TRACKS);
    }

    @Test
    void figuresAreOneObjectOfJson() {
        CommandResult result = evaluate(truth, tracks);

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("{")
                .contains("\"MOTA\" : 50.00000", "\"IDSW\" : 1,", "\"HOTA\" : 70.71068")
                .doesNotContain("sequences");
    }

    @Test
    void foldersOfSequencesAreJudgedTogetherAndEach() throws IOException {
        write("truth/yard/gt.txt", TRUTH);
        write("tracks/yard.txt", TRUTH);

        CommandResult result = evaluate(folder.resolve("truth"), folder.resolve("tracks"));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("\"MOTA\" : 75.00000", "\"sequences\"", "\"street\"", "\"yard\"");
    }

    @Test
    void sequencesMayBeGivenOneByOne() throws IOException {
        Path other = write("elsewhere/yard/gt.txt", TRUTH);

        CommandResult result =
                CommandResult.run(
                        "evaluate",
                        "tracking",
                        "--truth=" + truth,
                        "--tracks=" + tracks,
                        "--truth=" + other,
                        "--tracks=" + other,
                        "--table");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).hasSize(4);
        assertThat(result.out()).contains("HOTA", "street", "yard", "COMBINED");
    }

    @Test
    void aFrameBeyondTheSequencesLengthIsRefused() throws IOException {
        write("truth/street/seqinfo.ini", "[Sequence]\nname=street\nseqLength=1\n");

        CommandResult result = evaluate(truth, tracks);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("street").contains("has 1 frames");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertThat(evaluate(folder.resolve("none"), tracks).err()).contains("no ground truth");
        assertThat(evaluate(folder.resolve("tracks"), tracks).err()).contains("gt/gt.txt");
        assertThat(evaluate(truth, folder).err()).contains("no tracks of street");
        write("truth/yard/gt.txt", TRUTH);
        assertThat(evaluate(folder.resolve("truth"), tracks).err()).contains("2 sequences");
        assertThat(evaluate(truth, write("wrong.txt", "a,b\n")).err()).contains("line 1");
    }

    @Test
    void wrongUsageIsExitCode2() {
        assertThat(CommandResult.run("evaluate").exitCode()).isEqualTo(2);
        assertThat(CommandResult.run("evaluate").err()).contains("tracking");
        assertThat(CommandResult.run("evaluate", "tracking").exitCode()).isEqualTo(2);
        assertThat(
                        CommandResult.run(
                                        "evaluate",
                                        "tracking",
                                        "--truth=" + truth,
                                        "--truth=" + truth,
                                        "--tracks=" + tracks)
                                .exitCode())
                .isEqualTo(2);
        CommandResult threshold =
                CommandResult.run(
                        "evaluate",
                        "tracking",
                        "--truth=" + truth,
                        "--tracks=" + tracks,
                        "--iou-threshold=1.5");
        assertThat(threshold.exitCode()).isEqualTo(2);
        assertThat(threshold.err()).contains("--iou-threshold is 1.5");
    }

    private static CommandResult evaluate(Path truth, Path tracks) {
        return CommandResult.run("evaluate", "tracking", "--truth=" + truth, "--tracks=" + tracks);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
