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
package io.frameflow.engine.tensorrt.bench;

import java.time.Duration;

/**
 * What is measured.
 *
 * @param batch images a batch; 0 for the most that the plan takes
 * @param warmUp time before the measurement
 * @param duration time of the measurement, which is at least ten batches
 * @param cudaGraph whether the engine is launched as a captured graph
 * @param dataTransfers whether inputs are copied to the card and outputs from it for each batch
 */
public record BenchmarkOptions(
        int batch, Duration warmUp, Duration duration, boolean cudaGraph, boolean dataTransfers) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if something is negative
     */
    public BenchmarkOptions {
        if (batch < 0 || warmUp.isNegative() || duration.isNegative()) {
            throw new IllegalArgumentException(
                    "batch %d, warm-up %s, duration %s".formatted(batch, warmUp, duration));
        }
    }
}
