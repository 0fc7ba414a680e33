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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
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

    /** {@link Scene#examine}, unless a fault is armed. */
    public static FrameResult examine(EncodedFrame frame) {
        if (ARMED.getAndUpdate(armed -> Math.max(0, armed - 1)) > 0) {
            STRUCK.incrementAndGet();
            throw new FrameflowException(FailureCode.ENGINE_FAILED, "a fault of the test");
        }
        return Scene.examine(frame);
    }
}
