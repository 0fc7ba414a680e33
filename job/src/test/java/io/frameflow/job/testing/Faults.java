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
package io.frameflow.job.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.testing.FakePipelineFactory.Examiner;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets the engine of any subtask in this process fail at the moment that a test chooses. */
public final class Faults {
    private static final AtomicInteger ARMED = new AtomicInteger();
    private static final AtomicInteger STRUCK = new AtomicInteger();

    private Faults() {}

    /** Forgets earlier faults. */
    public static void reset() {
        ARMED.set(0);
        STRUCK.set(0);
    }

    /** The next frame that is examined fails its batch. */
    public static void failNextBatch() {
        ARMED.incrementAndGet();
    }

    /** Batches that have failed. */
    public static int struck() {
        return STRUCK.get();
    }

    /** Waits until that many batches have failed. */
    public static void awaitStruck(int count, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (struck() < count) {
            assertThat(System.nanoTime()).as("the fault never struck").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    /** The examiner, before which a fault strikes if one is armed. */
    public static Examiner before(Examiner examiner) {
        return frame -> {
            if (ARMED.getAndUpdate(armed -> Math.max(0, armed - 1)) > 0) {
                STRUCK.incrementAndGet();
                throw new FrameflowException(FailureCode.ENGINE_FAILED, "a fault of the test");
            }
            return examiner.apply(frame);
        };
    }
}
