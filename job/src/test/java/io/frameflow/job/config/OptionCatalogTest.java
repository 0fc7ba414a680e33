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

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionCatalogTest {
    private static final List<Class<?>> HOLDERS =
            List.of(
                    KafkaOptions.class,
                    FrameOptions.class,
                    ModelOptions.class,
                    InferenceOptions.class,
                    DenoiseOptions.class,
                    TrackingOptions.class,
                    AnalyticsOptions.class,
                    PreviewOptions.class,
                    ResultOptions.class,
                    DeadLetterOptions.class,
                    CheckpointOptions.class);

    @Test
    void everyDeclaredOptionIsInASectionOnce() throws IllegalAccessException {
        List<Object> declared = new ArrayList<>();
        for (Class<?> holder : HOLDERS) {
            for (Field field : holder.getDeclaredFields()) {
                if (field.getType() == JobOption.class) {
                    declared.add(field.get(null));
                }
            }
        }

        assertThat(OptionCatalog.options())
                .doesNotHaveDuplicates()
                .extracting(Object.class::cast)
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void keysAreDifferentAndWellFormed() {
        assertThat(OptionCatalog.options())
                .extracting(JobOption::key)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[a-z-]+(\\.[a-z-]+)*\\.[a-zA-Z_-]+"));
    }

    @Test
    void descriptionsAreSentences() {
        assertThat(OptionCatalog.options())
                .allSatisfy(
                        option ->
                                assertThat(option.description())
                                        .matches("\\A[A-Za-z].*\\.\\z")
                                        .doesNotContain("  "));
    }

    @Test
    void defaultsAreReadBackAsTheyAreWritten() {
        assertThat(OptionCatalog.options())
                .filteredOn(option -> !option.defaultText().isEmpty())
                .allSatisfy(OptionCatalogTest::readsItsDefault);
    }

    private static <T> void readsItsDefault(JobOption<T> option) {
        OptionValues values = OptionValues.read(Map.of(option.key(), option.defaultText()));
        assertThat(values.get(option)).isEqualTo(option.option().defaultValue());
    }
}
