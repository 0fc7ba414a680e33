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
package io.frameflow.operators.inference;

import io.frameflow.operators.mapping.ResultMapper;
import io.frameflow.pipeline.FramePipeline;

/** A pipeline with what is particular to its model. For the thread of the task. */
final class RunningPipeline {
    private final FramePipeline pipeline;
    private final BatchingPolicy policy;
    private final ResultMapper mapper;
    private int inFlight;

    RunningPipeline(FramePipeline pipeline, long timeoutMillis, ResultMapper mapper) {
        this.pipeline = pipeline;
        this.policy =
                new BatchingPolicy(
                        pipeline.maxBatchSize(), pipeline.maxBatchesInFlight(), timeoutMillis);
        this.mapper = mapper;
    }

    FramePipeline pipeline() {
        return pipeline;
    }

    BatchingPolicy policy() {
        return policy;
    }

    ResultMapper mapper() {
        return mapper;
    }

    /** Batches that it works on. */
    int inFlight() {
        return inFlight;
    }

    boolean hasRoom() {
        return inFlight < policy.maxInFlight();
    }

    void began() {
        inFlight++;
    }

    void finished() {
        inFlight--;
    }
}
