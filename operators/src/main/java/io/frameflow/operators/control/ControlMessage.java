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

import org.jspecify.annotations.Nullable;

/**
 * A message of the control topic, as it was read: nothing of it has been examined.
 *
 * <p>Immutable by agreement: the array is not copied, so whoever makes an instance hands it over,
 * and whoever reads it does not change it.
 */
public final class ControlMessage {
    private final String topic;
    private final int partition;
    private final long offset;
    private final byte @Nullable [] value;

    /**
     * A message.
     *
     * @param topic Kafka topic
     * @param partition partition of the topic
     * @param offset offset in the partition
     * @param value value, or null where the message has none
     */
    public ControlMessage(String topic, int partition, long offset, byte @Nullable [] value) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.value = value;
    }

    /** Kafka topic. */
    public String topic() {
        return topic;
    }

    /** Partition of the topic. */
    public int partition() {
        return partition;
    }

    /** Offset in the partition. */
    public long offset() {
        return offset;
    }

    /** Value of the message, or null where it has none; not to be changed. */
    public byte @Nullable [] value() {
        return value;
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
