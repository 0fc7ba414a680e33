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
