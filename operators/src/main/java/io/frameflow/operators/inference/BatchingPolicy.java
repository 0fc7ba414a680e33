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

import org.jspecify.annotations.Nullable;

/**
 * Says when the open batch leaves. It is work-conserving: no frame waits while the pipeline has
 * nothing to do. Under load batches fill while others are in flight, so that the batch size follows
 * the load by itself.
 *
 * @param maxBatchSize most frames in a batch
 * @param maxInFlight most batches in flight
 * @param timeoutMillis longest time that a frame waits for others while there is room in flight
 */
record BatchingPolicy(int maxBatchSize, int maxInFlight, long timeoutMillis) {

    /**
     * The reason for which the open batch leaves now, or null where it stays.
     *
     * @param frames frames in the open batch
     * @param waitedMillis time since the first of them arrived
     * @param inFlight batches in flight
     */
    @Nullable FlushReason decide(int frames, long waitedMillis, int inFlight) {
        if (frames == 0 || inFlight >= maxInFlight) {
            return null;
        }
        if (frames >= maxBatchSize) {
            return FlushReason.FULL;
        }
        if (inFlight == 0) {
            return FlushReason.IDLE;
        }
        return waitedMillis >= timeoutMillis ? FlushReason.TIMEOUT : null;
    }
}
