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
package io.frameflow.postprocess;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;

/** The failure of a frame for which a network gave numbers that are infinite or none. */
public final class NonFiniteOutput {
    private NonFiniteOutput() {}

    /**
     * The failure.
     *
     * @param anchor place of the candidate in the network's output
     * @param what which of its numbers it is
     * @param value the number, or one that was computed with it
     */
    public static FrameflowException at(int anchor, String what, float value) {
        return new FrameflowException(
                FailureCode.NON_FINITE_OUTPUT,
                "the network's output for the frame is not finite: %s of candidate %d is %s"
                        .formatted(what, anchor, value));
    }
}
