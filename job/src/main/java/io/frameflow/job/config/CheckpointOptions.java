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

import java.time.Duration;
import java.util.List;

/** How often the job saves where it is. */
public final class CheckpointOptions {
    /** A checkpoint that fails under a burst of load is no reason to restart. */
    public static final int TOLERABLE_FAILED_CHECKPOINTS = 3;

    /** Time between checkpoints. */
    public static final JobOption<Duration> INTERVAL =
            JobOption.withDefault(
                    "checkpoints.interval",
                    Domain.durations(Duration.ofMillis(100), Duration.ofHours(1)),
                    Duration.ofSeconds(10),
                    "Time between two checkpoints. After a failure, frames since the last one are"
                            + " examined again; with exactly-once, results become visible at this"
                            + " pace.");

    /** Longest duration of a checkpoint. */
    public static final JobOption<Duration> TIMEOUT =
            JobOption.withDefault(
                    "checkpoints.timeout",
                    Domain.durations(Duration.ofSeconds(1), Duration.ofHours(1)),
                    Duration.ofMinutes(2),
                    "Time after which a checkpoint that is not complete is given up.");

    /** Whether barriers overtake records. */
    public static final JobOption<Boolean> UNALIGNED =
            JobOption.withDefault(
                    "checkpoints.unaligned",
                    Domain.booleans(),
                    false,
                    "Whether barriers overtake results on their way to tracking, which are then"
                            + " stored with the checkpoint. Frames are never stored either way, so"
                            + " this helps only where the trackers are behind.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Checkpoints",
                    "How often the job saves where it is. Everything else about checkpoints, such"
                            + " as where they lie, is configured in Flink.",
                    List.of(INTERVAL, TIMEOUT, UNALIGNED));

    private CheckpointOptions() {}
}
