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
package io.frameflow.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelCacheTest {
    private static final byte[] FIRST = {1, 2, 3};
    private static final byte[] SECOND = {4};

    @TempDir private Path folder;

    private byte[] get() {
        return new KernelCache(folder).get("digest", () -> SECOND);
    }

    private Path file() {
        return folder.resolve("digest.cubin");
    }

    @Test
    void compilesWhatIsNotThere() {
        assertThat(get()).isEqualTo(SECOND);
        assertThat(file()).hasBinaryContent(SECOND);
    }

    @Test
    void takesWhatIsThere() throws IOException {
        Files.write(file(), FIRST);

        assertThat(get()).isEqualTo(FIRST);
    }

    /** As a machine leaves it that failed before the file was on its disk. */
    @Test
    void compilesWhatIsEmpty() throws IOException {
        Files.createFile(file());

        assertThat(get()).isEqualTo(SECOND);
        assertThat(file()).hasBinaryContent(SECOND);
    }

    @Test
    void replacesWhatTheCardRefused() throws IOException {
        Files.write(file(), FIRST);

        assertThat(new KernelCache(folder).renew("digest", () -> SECOND)).isEqualTo(SECOND);
        assertThat(get()).isEqualTo(SECOND);
        assertThat(file()).hasBinaryContent(SECOND);
    }

    @Test
    void compilesWhereNothingCanBeStored() throws IOException {
        Path noFolder = Files.createFile(folder.resolve("file"));

        assertThat(new KernelCache(noFolder).get("digest", () -> FIRST)).isEqualTo(FIRST);
    }
}
