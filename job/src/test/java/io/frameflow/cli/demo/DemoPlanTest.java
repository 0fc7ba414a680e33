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
package io.frameflow.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPlanTest {
    @TempDir Path folder;

    @Test
    void givesEachCameraAClip() throws IOException {
        Path small = Files.writeString(folder.resolve("alley.mp4"), "1");
        Path large = Files.writeString(folder.resolve("square.mp4"), "12345");
        Files.writeString(folder.resolve("truth.txt"), "no clip, and larger than all clips");

        assertThat(DemoPlan.clipsOf(folder, 3))
                .containsExactly(
                        java.util.Map.entry("square", large),
                        java.util.Map.entry("alley", small),
                        java.util.Map.entry("square-2", large));
    }

    @Test
    void saysThatThereAreNoClips() {
        assertThatThrownBy(() -> DemoPlan.clipsOf(folder, 1))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> DemoPlan.clipsOf(folder.resolve("absent"), 1))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("absent");
    }
}
