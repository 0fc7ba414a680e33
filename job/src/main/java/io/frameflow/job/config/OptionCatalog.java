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

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All options of the job. */
public final class OptionCatalog {
    private static final List<OptionSection> SECTIONS =
            List.of(
                    KafkaOptions.CONNECTION,
                    KafkaOptions.SOURCE,
                    KafkaOptions.SINK,
                    FrameOptions.SECTION,
                    ModelOptions.SECTION,
                    InferenceOptions.SECTION,
                    DenoiseOptions.SECTION,
                    TrackingOptions.SECTION,
                    AnalyticsOptions.SECTION,
                    PreviewOptions.SECTION,
                    ResultOptions.SECTION,
                    DeadLetterOptions.SECTION,
                    CheckpointOptions.SECTION);

    private static final Set<String> KEYS =
            options().stream().map(JobOption::key).collect(Collectors.toCollection(TreeSet::new));

    private OptionCatalog() {}

    /** The sections, in the order in which they are documented. */
    public static List<OptionSection> sections() {
        return SECTIONS;
    }

    /** The options of all sections. */
    static List<JobOption<?>> options() {
        return SECTIONS.stream()
                .flatMap(section -> section.options().stream())
                .collect(Collectors.toList());
    }

    static Set<String> keys() {
        return KEYS;
    }

    /** Whether a key is that of an option, or of a property that is passed through. */
    static boolean isKnown(String key) {
        return KEYS.contains(key)
                || (key.startsWith(KafkaOptions.PROPERTIES_PREFIX)
                        && key.length() > KafkaOptions.PROPERTIES_PREFIX.length());
    }
}
