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
package io.frameflow.cuda.kernel;

import io.frameflow.engine.ElementType;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;

/** Says to a kernel whether a tensor's numbers are halves or floats. */
final class HalfFlag {
    private HalfFlag() {}

    /**
     * The value of the macro.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL} for types that kernels do
     *     not know
     */
    static String of(ElementType type) {
        return switch (type) {
            case FLOAT32 -> "0";
            case FLOAT16 -> "1";
            default ->
                    throw new FrameflowException(
                            FailureCode.INVALID_MODEL,
                            "the network has a tensor of "
                                    + type.label()
                                    + ", which kernels do not take: export it with float32 or"
                                    + " float16");
        };
    }
}
