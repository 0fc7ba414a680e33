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
package io.frameflow.operators.tracking;

import io.frameflow.operators.deadletter.MessageOrigin;
import io.frameflow.schema.FrameDetections;
import java.nio.charset.StandardCharsets;

/**
 * Where the message of a result was read from.
 *
 * @param result the result
 * @param timestampMillis Kafka's time of the message, or {@link #NO_TIMESTAMP}
 */
record ResultOrigin(FrameDetections result, long timestampMillis) implements MessageOrigin {
    /** Kafka's own mark for a message without a time. */
    static final long NO_TIMESTAMP = -1;

    @Override
    public String topic() {
        return result.getSourceTopic();
    }

    @Override
    public int partition() {
        return result.getSourcePartition();
    }

    @Override
    public long offset() {
        return result.getSourceOffset();
    }

    @Override
    public byte[] key() {
        // No envelope is opened whose key is another.
        return result.getCameraId().getBytes(StandardCharsets.UTF_8);
    }
}
