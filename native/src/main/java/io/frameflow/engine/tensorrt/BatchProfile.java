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
package io.frameflow.engine.tensorrt;

import io.frameflow.engine.BatchRange;

/**
 * Batches that a plan is built for.
 *
 * @param least fewest images, at least 1
 * @param optimal images that it is tuned for
 * @param most most images
 */
public record BatchProfile(int least, int optimal, int most) {
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if it is not {@code 1 <= least <= optimal <= most}
     */
    public BatchProfile {
        if (least < 1 || optimal < least || most < optimal) {
            throw new IllegalArgumentException(
                    "batches of %d to %d, tuned for %d".formatted(least, most, optimal));
        }
    }

    /** The range without the optimum. */
    public BatchRange range() {
        return new BatchRange(least, most);
    }
}
