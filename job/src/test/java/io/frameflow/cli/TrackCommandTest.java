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

import io.frameflow.operators.tracking.tracker.TrackerKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class TrackCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String file = "";

    @BeforeEach
    void writeDetections() throws IOException {
        file =
                write(
                        """
                        1,-1,100,200,40,80,0.9,-1,-1,-1
                        1,-1,300,200,40,80,0.75,-1,-1,-1
                        2,-1,104,200,40,80,0.9,-1,-1,-1
                        """);
    }

    @Test
    void tracksGoToStandardOutput() {
        assertThat(run(file)).isZero();

        assertThat(out.toString().lines())
                .hasSize(3)
                .first()
                .isEqualTo("1,1,100.000,200.000,40.000,80.000,0.900000,-1,-1,-1");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void thresholdsAreOptions() {
        assertThat(run("--new-track-thresh", "0.8", file)).isZero();
        assertThat(out.toString().lines()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(TrackerKind.class)
    void theTrackerMayBeNamed(TrackerKind tracker) {
        assertThat(run("--tracker", tracker.label(), file)).isZero();
        assertThat(out.toString().lines()).hasSize(3);
    }

    @Test
    void eachTrackerHasItsOptions() {
        assertThat(run("--tracker=sort", "--min-hits=0", "--max-age=5", file)).isZero();
        assertThat(run("--tracker=ocsort", "--det-thresh=0.8", "--delta-t=2", file)).isZero();
        assertThat(run("--tracker=bytetrack", "--no-fuse-score", file)).isZero();
    }

    @Test
    void boxesThatMakeNoSenseAreReported() throws IOException {
        String odd = write("1,-1,100,200,0,80,0.9\n");

        assertThat(run(odd)).isZero();
        assertThat(err.toString()).contains("1 detections").contains("left out");
    }

    @Test
    void aWrongFileFailsWithLineAndColumn() throws IOException {
        String wrong = write("1,-1,100,200,40,80,0.9\n2,-1,100,none,40,80,0.9\n");

        assertThat(run(wrong)).isEqualTo(1);
        assertThat(err.toString()).contains("line 2").contains("column 4 (bb_top)");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--tracker=deepsort, 'deepsort' is no tracker",
        "--track-high-thresh=1.5, track_high_thresh is 1.5",
        "--track-buffer=-3, track_buffer is -3",
        "--max-age=3, max_age is no option of the tracker frameflow",
        "--track-buffer=many, 'many'",
        "--colour=red, --colour",
    })
    void wrongUsageIsExitCode2(String argument, String message) {
        assertThat(run(argument, file)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void noFileIsWrongUsage() {
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void whatCannotBeReadFails() {
        for (String path : new String[] {folder.toString(), "no/such/det.txt"}) {
            assertThat(run(path)).isEqualTo(1);
            assertThat(err.toString()).contains("cannot read " + path);
        }
    }

    @Test
    void helpNamesTheOptionsAndTheirDefaults() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString())
                .contains("--track-high-thresh")
                .contains("frameflow, bytetrack, ocsort, sort")
                .contains("Default: 0.6")
                .contains("--match-thresh");
    }

    private int run(String... arguments) {
        return new CommandLine(new TrackCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "det", ".txt"), text).toString();
    }
}
