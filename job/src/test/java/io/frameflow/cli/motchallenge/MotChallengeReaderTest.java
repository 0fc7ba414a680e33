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
package io.frameflow.cli.motchallenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MotChallengeReaderTest {
    @TempDir private Path folder;

    @Test
    void rowsOfSevenToTenColumnsAreRead() throws Exception {
        List<MotChallengeRow> rows =
                read(
                        """
                        1,-1,281.931,187.466,79.93,209.537,0.997784,-1,-1,-1
                        2,7,-3,4.5,10,20,1

                         3 , 8 , 1e2 , .5 , +10 , 20. , 67.5 , 1 , 0.25
                        """);

        assertThat(rows)
                .containsExactly(
                        new MotChallengeRow(1, -1, 281.931, 187.466, 79.93, 209.537, 0.997784),
                        new MotChallengeRow(2, 7, -3, 4.5, 10, 20, 1),
                        new MotChallengeRow(3, 8, 100, 0.5, 10, 20, 67.5));
    }

    @Test
    void linesMayEndAsOnWindows() throws Exception {
        assertThat(read("1,-1,1,2,3,4,0.5\r\n2,-1,1,2,3,4,0.5\r\n")).hasSize(2);
    }

    @Test
    void anEmptyFileHasNoRows() throws Exception {
        assertThat(read("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,-1,1,2,3,4 | line 2: has 6 columns",
                "1,-1,1,2,3,4,0.5,-1,-1,-1,-1 | line 2: has 11 columns",
                "1 -1 1 2 3 4 0.5 | line 2: has 1 columns separated by commas",
                "x,-1,1,2,3,4,0.5 | line 2: column 1 (frame) is 'x'",
                "0,-1,1,2,3,4,0.5 | line 2: column 1 (frame) is 0.0, expected a whole number from 1",
                "1.5,-1,1,2,3,4,0.5 | line 2: column 1 (frame) is 1.5",
                "3e9,-1,1,2,3,4,0.5 | line 2: column 1 (frame)",
                "1,-2,1,2,3,4,0.5 | line 2: column 2 (id) is -2.0",
                "1,-1,,2,3,4,0.5 | line 2: column 3 (bb_left) is ''",
                "1,-1,1,NaN,3,4,0.5 | line 2: column 4 (bb_top) is 'NaN'",
                "1,-1,1,2,Infinity,4,0.5 | line 2: column 5 (bb_width) is 'Infinity'",
                "1,-1,1,2,3,1e999,0.5 | line 2: column 6 (bb_height) is '1e999'",
                "1,-1,1,2,3,4,0x1p3 | line 2: column 7 (conf) is '0x1p3'",
                "1,-1,1,2,3,4,5d | line 2: column 7 (conf) is '5d'",
                "1,-1,1,2,3,4,0.5,-1,-1,z | line 2: column 10 (z) is 'z'",
            })
    void aWrongRowIsNamedByLineAndColumn(String row, String message) {
        assertThatExceptionOfType(MotChallengeFormatException.class)
                .isThrownBy(() -> read("1,-1,1,2,3,4,0.5\n" + row + "\n"))
                .withMessageStartingWith(folder.resolve("det.txt").toString())
                .withMessageContaining(message);
    }

    @Test
    void bytesThatAreNoTextFailAsAWrongRow() throws IOException {
        byte[] bytes = new byte[5000];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("random"), bytes);

        assertThatExceptionOfType(MotChallengeFormatException.class)
                .isThrownBy(() -> MotChallengeReader.read(file))
                .withMessageContaining("line 1");
    }

    @Test
    void aLongCellIsCutInTheMessage() {
        assertThatExceptionOfType(MotChallengeFormatException.class)
                .isThrownBy(() -> read("1,-1,1,2,3,4," + "y".repeat(1000)))
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(300));
    }

    @Test
    void aMissingFileIsMissing() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> MotChallengeReader.read(folder.resolve("none")));
    }

    private List<MotChallengeRow> read(String text)
            throws IOException, MotChallengeFormatException {
        Path file = folder.resolve("det.txt");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return MotChallengeReader.read(file);
    }
}
