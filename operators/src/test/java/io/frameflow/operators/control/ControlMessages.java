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
package io.frameflow.operators.control;

import io.frameflow.schema.Control;
import io.frameflow.schema.codec.RecordCodec;

/** Control messages of tests. */
public final class ControlMessages {
    /** Topic that they claim to come from. */
    public static final String TOPIC = "control";

    private ControlMessages() {}

    /** A message that changes nothing yet. */
    public static Control.Builder control(String id) {
        return Control.newBuilder().setControlId(id).setIssuedAtUs(7);
    }

    /** The message with a record. */
    public static ControlMessage message(long offset, Control.Builder control) {
        return new ControlMessage(
                TOPIC, 0, offset, RecordCodec.forControl().encode(control.build()));
    }

    /** The change that a record asks for. */
    public static ControlChange change(Control.Builder control) {
        return ((ControlReader.Accepted) new ControlReader().read(message(0, control))).change();
    }
}
