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
package io.frameflow.pipeline.bench;

import java.time.Duration;

/**
 * How long is measured.
 *
 * @param warmUp time before the measurement
 * @param duration time of the measurement, which is at least ten batches
 */
public record MeasuringTime(Duration warmUp, Duration duration) {
    /** What a measurement and what goes before it are prolonged for. */
    static final int FEWEST_BATCHES = 10;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if something is negative
     */
    public MeasuringTime {
        if (warmUp.isNegative() || duration.isNegative()) {
            throw new IllegalArgumentException(
                    "warm-up %s, duration %s".formatted(warmUp, duration));
        }
    }

    /** What each of several turns has of it. */
    MeasuringTime dividedBy(int turns) {
        return new MeasuringTime(warmUp.dividedBy(turns), duration.dividedBy(turns));
    }

    /** Whether something that has lasted so long is to go on. */
    static boolean goesOn(Duration wanted, int fewestBatches, long startNanos, int batches) {
        return batches < fewestBatches || System.nanoTime() - startNanos < wanted.toNanos();
    }
}
