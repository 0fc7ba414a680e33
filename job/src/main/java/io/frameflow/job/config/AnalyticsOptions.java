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

/** What is asked of the tracks. */
public final class AnalyticsOptions {

    /** The file that says it. */
    public static final JobOption<String> FILE =
            JobOption.optional(
                    "analytics.file",
                    Domain.texts("a path"),
                    "File with zones, lines and directions for each camera; docs/analytics.md"
                            + " describes it. It is read where the job is submitted. Without it"
                            + " there are none.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Analytics",
                    "What tracks mean where a camera looks. It needs tracking.",
                    List.of(FILE));

    private AnalyticsOptions() {}
}
