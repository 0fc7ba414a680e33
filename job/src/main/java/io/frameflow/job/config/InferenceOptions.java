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

/** How frames are put into batches. */
public final class InferenceOptions {

    /** Frames in a batch. */
    public static final JobOption<Integer> BATCH_SIZE =
            JobOption.withDefault(
                    "inference.batch-size",
                    Domain.integers(1, 1024),
                    32,
                    "Most frames in a batch. A batch is smaller when the engine would wait for it.");

    /** Longest wait. */
    public static final JobOption<Duration> BATCHED_PUSH_TIMEOUT =
            JobOption.withDefault(
                    "inference.batched-push-timeout",
                    Domain.durations(Duration.ofMillis(1), Duration.ofMinutes(1)),
                    Duration.ofMillis(33),
                    "Time after which a batch leaves even if it is not full.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Inference",
                    "How frames are put into batches.",
                    List.of(BATCH_SIZE, BATCHED_PUSH_TIMEOUT));

    private InferenceOptions() {}
}
