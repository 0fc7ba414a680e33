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
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which message something is about, as far as it could be read.
 *
 * @param topic Kafka topic
 * @param partition partition of the topic
 * @param offset offset in the partition
 * @param controlId name of the message
 * @param cameraId its camera; null also where it is for all
 * @param issuedAtMicros when it was sent, in microseconds since 1970-01-01T00:00:00Z
 */
public record ControlOrigin(
        String topic,
        int partition,
        long offset,
        @Nullable String controlId,
        @Nullable String cameraId,
        @Nullable Long issuedAtMicros)
        implements Serializable {

    /** Of a message that could not be read. */
    static ControlOrigin unreadable(ControlMessage message) {
        return new ControlOrigin(
                message.topic(), message.partition(), message.offset(), null, null, null);
    }

    /** Of a message whose names are none that a record can repeat. */
    static ControlOrigin nameless(ControlMessage message, Control control) {
        return new ControlOrigin(
                message.topic(),
                message.partition(),
                message.offset(),
                null,
                null,
                control.getIssuedAtUs());
    }

    /** Of a message that was read. */
    static ControlOrigin of(ControlMessage message, Control control) {
        return new ControlOrigin(
                message.topic(),
                message.partition(),
                message.offset(),
                control.getControlId(),
                control.getCameraId(),
                control.getIssuedAtUs());
    }
}
