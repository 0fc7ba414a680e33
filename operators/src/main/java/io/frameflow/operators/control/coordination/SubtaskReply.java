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
package io.frameflow.operators.control.coordination;

import io.frameflow.operators.control.ControlRefusal;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/** What a subtask of inference tells the coordinator. */
public sealed interface SubtaskReply extends OperatorEvent {

    /**
     * From now on frames are put into batches with the settings of this version of the table, and
     * with its model.
     */
    record Applied(long version) implements SubtaskReply {}

    /** The model is open, warm and waits. */
    record ModelOpened(long number) implements SubtaskReply {}

    /** The model could not be opened. */
    record ModelNotOpened(long number, ControlRefusal reason) implements SubtaskReply {}

    /** No more frames will come to this subtask: nobody needs to wait for it. */
    record Ended() implements SubtaskReply {}
}
