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
package io.frameflow.operators.envelope;

import io.frameflow.operators.deadletter.MessageOrigin;
import io.frameflow.operators.types.AtomicTypeInformation;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * A message of the frames topic, as the source read it: nothing of it has been examined.
 *
 * <p>Immutable by agreement: the arrays are not copied, so whoever makes an instance hands them
 * over, and whoever reads them does not change them.
 */
public final class FrameMessage implements MessageOrigin {
    private static final TypeInformation<FrameMessage> TYPE =
            new AtomicTypeInformation<>(FrameMessage.class, FrameMessageSerializer.INSTANCE);

    private final String topic;
    private final int partition;
    private final long offset;
    private final long timestampMillis;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;

    /**
     * A message.
     *
     * @param topic Kafka topic
     * @param partition partition of the topic
     * @param offset offset in the partition
     * @param timestampMillis Kafka's time, in milliseconds since 1970-01-01T00:00:00Z
     * @param key key, or null where the message has none
     * @param value value, or null where the message has none
     */
    public FrameMessage(
            String topic,
            int partition,
            long offset,
            long timestampMillis,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.timestampMillis = timestampMillis;
        this.key = key;
        this.value = value;
    }

    /** How Flink passes messages on. */
    public static TypeInformation<FrameMessage> type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public int partition() {
        return partition;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long timestampMillis() {
        return timestampMillis;
    }

    @Override
    public byte @Nullable [] key() {
        return key;
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
