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

import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.pipeline.FrameResult;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * A frame between its arrival and its result. It keeps what the stream record held, because the
 * record itself is used again by whoever sent it.
 */
final class PendingFrame {
    private final OpenedFrame opened;
    private final boolean hasTimestamp;
    private final long timestamp;
    private final long arrivedNanos;
    private long sentNanos;
    private @Nullable FrameResult result;

    PendingFrame(StreamRecord<OpenedFrame> record, long arrivedNanos) {
        this.opened = record.getValue();
        this.hasTimestamp = record.hasTimestamp();
        this.timestamp = hasTimestamp ? record.getTimestamp() : 0;
        this.arrivedNanos = arrivedNanos;
    }

    OpenedFrame opened() {
        return opened;
    }

    /** A record with another value and the time of this frame's record. */
    <T> StreamRecord<T> recordOf(T value) {
        return hasTimestamp ? new StreamRecord<>(value, timestamp) : new StreamRecord<>(value);
    }

    void sent(long nanos) {
        sentNanos = nanos;
    }

    long queueNanos() {
        return sentNanos - arrivedNanos;
    }

    void complete(FrameResult outcome) {
        result = outcome;
    }

    /** What became of the frame, or null as long as that is not known. */
    @Nullable FrameResult result() {
        return result;
    }
}
