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

import io.frameflow.operators.control.ControlChange;
import io.frameflow.operators.control.SettingsTable;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.codec.RecordCodec;
import io.frameflow.schema.codec.RecordDecodingException;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/** What the coordinator tells a subtask of inference. */
public sealed interface SubtaskCommand extends OperatorEvent {

    /**
     * All that is set: the first command to every subtask that starts. One that was restored from a
     * checkpoint older than the newest change takes that over here, its model too.
     */
    record TakeTable(SettingsTable table) implements SubtaskCommand {}

    /** A change to the table that the subtask has. */
    record Change(ControlChange change) implements SubtaskCommand {}

    /**
     * To open the pipeline of a model beside the running one.
     *
     * @param number names the attempt
     * @param modelFile path of the model file
     */
    record OpenModel(long number, String modelFile) implements SubtaskCommand {}

    /**
     * To change over to the pipeline that was opened, and with it to what else the change says.
     * Every subtask has opened it.
     */
    record SwitchModel(long number, ControlChange change) implements SubtaskCommand {}

    /** To close what was opened, or is being opened: another subtask could not. */
    record DropModel(long number) implements SubtaskCommand {}

    /** To let an acknowledgement go out with its results. */
    final class Emit implements SubtaskCommand {
        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        /** Of a record. */
        public Emit(ControlAcknowledgement record) {
            bytes = RecordCodec.forControlAcknowledgement().encode(record);
        }

        /** The record, made anew. */
        public ControlAcknowledgement acknowledgement() {
            try {
                return RecordCodec.forControlAcknowledgement().decode(bytes);
            } catch (RecordDecodingException e) {
                throw new IllegalStateException("these bytes were encoded here", e);
            }
        }
    }
}
