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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySuggestionTest {

    @ParameterizedTest
    @CsvSource({
        "inference.batchsize, inference.batch-size",
        "inference.batch_size, inference.batch-size",
        "inference.Batch-Size, inference.batch-size",
        "batch-size, inference.batch-size",
        "kafka.bootstrap.servers, kafka.bootstrap-servers",
        "bootstrap.servers, kafka.bootstrap-servers",
        "kafka.topic.frames, kafka.topics.frames",
        "checkpoint.interval, checkpoints.interval",
    })
    void whatWasMeantIsFound(String unknown, String meant) {
        assertThat(KeySuggestion.nearest(unknown, OptionCatalog.keys())).contains(meant);
    }

    @Test
    void nothingIsSuggestedForSomethingElse() {
        assertThat(KeySuggestion.nearest("colour", OptionCatalog.keys())).isEmpty();
        assertThat(KeySuggestion.nearest("", OptionCatalog.keys())).isEmpty();
    }
}
