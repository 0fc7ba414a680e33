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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.calibrate.CalibrationRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnseenPicturesTest {
    @TempDir private Path folder;
    private Path one;
    private Path other;

    @BeforeEach
    void write() throws IOException {
        one = Files.write(folder.resolve("one.jpg"), new byte[] {1});
        other = Files.write(folder.resolve("other.jpg"), new byte[] {2});
    }

    private static Optional<CalibrationRecord> record(byte[]... pictures) {
        return Optional.of(
                new CalibrationRecord(
                        "", "", java.util.Arrays.stream(pictures).map(Sha256::of).toList(), 0));
    }

    @Test
    void leavesOutWhatTookPartWhateverItsName() throws IOException {
        UnseenPictures unseen =
                UnseenPictures.of(List.of(folder), record(new byte[] {1}, new byte[] {9}));

        assertThat(unseen.files()).containsExactly(other);
        assertThat(unseen.leftOut()).isEqualTo(1);
        assertThat(unseen.summary()).contains("1 pictures", "1 more took part");
    }

    @Test
    void takesAllWithoutARecord() throws IOException {
        UnseenPictures unseen = UnseenPictures.of(List.of(other, one), Optional.empty());

        assertThat(unseen.files()).containsExactly(other, one);
        assertThat(unseen.summary()).isEqualTo("2 pictures");
    }

    @Test
    void refusesAMeasureOnNothingElse() {
        assertThatThrownBy(
                        () ->
                                UnseenPictures.of(
                                        List.of(folder), record(new byte[] {1}, new byte[] {2})))
                .hasMessageContainingAll("all 2 pictures", "--hold-back");
    }
}
