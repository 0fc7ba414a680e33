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

import io.frameflow.operators.metrics.MetricNames;

/** Why a batch leaves for the pipeline. */
enum FlushReason {
    /** It has as many frames as the pipeline takes. */
    FULL(MetricNames.FULL_FLUSHES),
    /** Its oldest frame has waited long enough. */
    TIMEOUT(MetricNames.TIMEOUT_FLUSHES),
    /** The pipeline has nothing to do. */
    IDLE(MetricNames.IDLE_FLUSHES),
    /** A checkpoint waits for it. */
    CHECKPOINT(MetricNames.CHECKPOINT_FLUSHES),
    /** The model changes, and what has been collected belongs to the one before. */
    MODEL_SWITCH(MetricNames.MODEL_SWITCH_FLUSHES),
    /** No more frames will come. */
    END_OF_INPUT(MetricNames.END_OF_INPUT_FLUSHES);

    private final String metricName;

    FlushReason(String metricName) {
        this.metricName = metricName;
    }

    /** Name of the counter of batches that left for this reason. */
    String metricName() {
        return metricName;
    }
}
