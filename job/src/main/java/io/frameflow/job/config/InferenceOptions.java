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
                    "Most frames in a batch. Under less load batches are smaller, down to one frame.");

    /** Longest wait. */
    public static final JobOption<Duration> BATCHED_PUSH_TIMEOUT =
            JobOption.withDefault(
                    "inference.batched-push-timeout",
                    Domain.durations(Duration.ZERO, Duration.ofMinutes(1)),
                    Duration.ofMillis(33),
                    "Longest time that a frame waits for others while the engine has room for one more"
                            + " batch. When the engine has nothing to do, no frame waits.");

    /** Threads that decode. */
    public static final JobOption<Integer> DECODING_THREADS =
            JobOption.withDefault(
                    "inference.decoding-threads",
                    Domain.integers(0, 256),
                    0,
                    "Threads of a subtask that decode pictures on the CPU; 0 for as many as the"
                            + " machine has cores, at most 4.");

    /** Cards to run on. */
    public static final JobOption<String> GPU_IDS =
            JobOption.optional(
                    "inference.gpu-ids",
                    Domain.texts(
                            "numbers of cards with commas between, such as 0,1",
                            text -> text.matches("[0-9]{1,3}( *, *[0-9]{1,3})*")),
                    "Cards that the subtasks of a TaskManager share out among themselves, as CUDA"
                            + " counts them. Without it: those that Flink's external resource 'gpu'"
                            + " gives the TaskManager; where there is no such resource, all.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Inference",
                    "How frames are put into batches, and where batches are examined.",
                    List.of(BATCH_SIZE, BATCHED_PUSH_TIMEOUT, DECODING_THREADS, GPU_IDS));

    private InferenceOptions() {}
}
