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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import java.util.concurrent.CompletionException;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Turns a failure of the pipeline into the one that makes Flink do what its kind asks for. */
final class PipelineFailures {
    private PipelineFailures() {}

    /**
     * The exception to throw on the thread of the task.
     *
     * <ul>
     *   <li>{@link FailureKind#BAD_CONFIGURATION}: ends the job without restarts, which would not
     *       help
     *   <li>{@link FailureKind#BAD_INPUT}: a bug, because it never concerns a whole batch
     *   <li>others: fail the task, and the restart strategy decides
     * </ul>
     *
     * @throws InternalError if the device is lost: Flink ends a process whose task throws it, and
     *     the job goes on in another
     * @throws Error if the failure is one
     */
    static Exception translate(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof FrameflowException known) {
            return translate(known);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof Exception exception ? exception : new Exception(cause);
    }

    private static Exception translate(FrameflowException failure) {
        return switch (failure.kind()) {
            case DEVICE_LOST ->
                    throw new InternalError(
                            "the device is lost for this process, which must end: "
                                    + failure.getMessage(),
                            failure);
            case BAD_CONFIGURATION -> new SuppressRestartsException(failure);
            case BAD_INPUT ->
                    new FrameflowException(
                            FailureCode.INTERNAL_ERROR,
                            "the pipeline failed a whole batch with "
                                    + failure.code()
                                    + ", which concerns single frames",
                            failure);
            case TRANSIENT, EXHAUSTED, BUG -> failure;
        };
    }
}
