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
package io.frameflow.failure;

import org.jspecify.annotations.Nullable;

/** A failure with its code. The message says what is wrong and what to do about it. */
public final class FrameflowException extends RuntimeException {
    private final FailureCode code;

    /** A failure without an underlying one. */
    public FrameflowException(FailureCode code, String message) {
        this(code, message, null);
    }

    /** A failure that another one caused. */
    public FrameflowException(FailureCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The cause, as users and programs know it. */
    public FailureCode code() {
        return code;
    }

    /** As in stack traces and logs, where the code belongs beside the message. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // Messages also stand where the code stands.
    public String toString() {
        return getClass().getName() + ": " + code + ": " + getMessage();
    }

    /** What the caller must do. */
    public FailureKind kind() {
        return code.kind();
    }
}
