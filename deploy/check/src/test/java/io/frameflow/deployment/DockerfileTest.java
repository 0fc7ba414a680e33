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
package io.frameflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    private final Dockerfile dockerfile = Dockerfile.read();

    @Test
    void baseImageHasTheFlinkThatThisProjectIsBuiltWith() {
        assertThat(dockerfile.all("ARG"))
                .containsExactly(
                        List.of(
                                "FLINK_IMAGE=flink:"
                                        + System.getProperty("flink.version")
                                        + "-java17"));
    }

    @Test
    void everySourceIsInTheDistribution() throws IOException {
        Path distribution = DeployFolder.distribution();
        assumeTrue(Files.isDirectory(distribution), "the distribution is not built");

        assertThat(dockerfile.copies().keySet())
                .isNotEmpty()
                .allSatisfy(source -> assertThat(matches(distribution, source)).isNotEmpty());
        // A second jar would not fit on the one name that it is copied to.
        assertThat(matches(distribution, "job/*.jar")).hasSize(1);
    }

    @Test
    void endsAsTheUserOfFlinksImage() {
        List<List<String>> users = dockerfile.all("USER");

        assertThat(users.get(users.size() - 1)).containsExactly("flink");
        assertThat(dockerfile.instructions())
                .filteredOn(line -> line.startsWith("COPY"))
                .allSatisfy(line -> assertThat(line).contains("--chown=flink:flink"));
    }

    private static List<Path> matches(Path folder, String glob) throws IOException {
        Path path = folder.resolve(glob);
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
            List<Path> files = new ArrayList<>();
            found.forEach(files::add);
            return files;
        }
    }
}
