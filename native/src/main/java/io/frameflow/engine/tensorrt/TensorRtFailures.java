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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;

/** Failures of TensorRT, with what it said itself. */
public final class TensorRtFailures {
    private TensorRtFailures() {}

    /**
     * Does nothing if the call succeeded.
     *
     * @throws FrameflowException with {@link FailureCode#ENGINE_FAILED} and TensorRT's reason
     */
    public static void check(boolean done, String call) {
        if (!done) {
            throw of(call);
        }
    }

    /** The failure of a call that has just returned on this thread. */
    public static FrameflowException of(String call) {
        return new FrameflowException(
                FailureCode.ENGINE_FAILED,
                "TensorRT's " + call + " failed: " + TensorRtLogger.INSTANCE.takeLastError());
    }
}
