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
package io.frameflow.job;

import io.frameflow.job.config.CheckpointOptions;
import io.frameflow.job.config.CheckpointSettings;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How the graph is executed: what the job needs, and what it prefers where nobody says otherwise.
 */
final class ExecutionDefaults {
    /**
     * How long a result may wait for others on its way to tracking. Results are small: with Flink's
     * default of 100 ms, most would wait that long for their buffer to fill.
     */
    private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);

    private ExecutionDefaults() {}

    static void apply(StreamExecutionEnvironment environment, CheckpointSettings checkpoints) {
        Configuration needed = new Configuration();
        // Without reuse, each frame is copied between each two operators of a chain.
        needed.set(PipelineOptions.OBJECT_REUSE, true);
        // A type without a serializer of its own would travel through Kryo, unnoticed.
        needed.set(PipelineOptions.GENERIC_TYPES, false);
        // State is found again by the uid of its operator; one made up changes with the graph.
        needed.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        needed.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints.interval());
        needed.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, checkpoints.timeout());
        needed.set(CheckpointingOptions.ENABLE_UNALIGNED, checkpoints.unaligned());
        prefer(
                environment,
                needed,
                CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
                CheckpointOptions.TOLERABLE_FAILED_CHECKPOINTS);
        prefer(
                environment,
                needed,
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        prefer(environment, needed, ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
        environment.configure(needed, Thread.currentThread().getContextClassLoader());
    }

    private static <T> void prefer(
            StreamExecutionEnvironment environment,
            Configuration needed,
            ConfigOption<T> option,
            T value) {
        if (environment.getConfiguration().getOptional(option).isEmpty()) {
            needed.set(option, value);
        }
    }
}
