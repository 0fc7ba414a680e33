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
package io.frameflow.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

    @Test
    void theCommittedDocumentIsThatOfTheOptions() throws IOException {
        if (Boolean.getBoolean("configuration.document.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, ConfigurationDocument.markdown());
        }

        assertThat(Files.readString(DOCUMENT))
                .as("docs/configuration.md is stale; its head says how to write it anew")
                .isEqualTo(ConfigurationDocument.markdown());
    }

    @Test
    void everyOptionIsDocumentedWithDefaultAndRange() {
        String markdown = ConfigurationDocument.markdown();

        assertThat(OptionCatalog.options())
                .isNotEmpty()
                .allSatisfy(
                        option ->
                                assertThat(markdown)
                                        .containsOnlyOnce("| `" + option.key() + "` |")
                                        .contains(option.description())
                                        .contains(option.domain().description()));
        assertThat(markdown)
                .contains("| `inference.batch-size` | `32` | an integer from 1 to 1024 |")
                .contains("| `model.file` | **required** |");
    }

    @Test
    void helpNamesEveryOption() {
        String help = ConfigurationDocument.help();

        assertThat(OptionCatalog.options())
                .allSatisfy(option -> assertThat(help).contains("  --" + option.key() + "  ("));
        assertThat(help.lines())
                .noneMatch(line -> line.endsWith(" "))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
}
