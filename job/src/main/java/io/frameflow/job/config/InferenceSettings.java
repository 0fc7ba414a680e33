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

import io.frameflow.pipeline.assembly.PipelineSettings;
import java.time.Duration;
import java.util.List;

/**
 * How frames are examined.
 *
 * @param pipeline what the pipeline of a subtask is made from
 * @param batchedPushTimeout longest wait of a frame for others
 * @param gpuIds cards to run on; none for those that Flink or the machine offers
 */
public record InferenceSettings(
        PipelineSettings pipeline, Duration batchedPushTimeout, List<Integer> gpuIds) {

    /** Copies the list. */
    public InferenceSettings {
        gpuIds = List.copyOf(gpuIds);
    }
}
