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

import io.frameflow.operators.control.FrameControl;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.operators.mapping.ResultMapper;
import io.frameflow.pipeline.EncodedFrame;
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
    private final FrameControl control;
    private EncodedFrame encoded;
    private long sentNanos;
    private @Nullable ResultMapper mapper;
    private @Nullable FrameResult result;

    PendingFrame(StreamRecord<OpenedFrame> record, FrameControl control, long arrivedNanos) {
        this.opened = record.getValue();
        this.control = control;
        this.encoded =
                control.equals(FrameControl.NONE)
                        ? opened.frame()
                        : opened.frame().withSettings(control.settings());
        this.hasTimestamp = record.hasTimestamp();
        this.timestamp = hasTimestamp ? record.getTimestamp() : 0;
        this.arrivedNanos = arrivedNanos;
    }

    OpenedFrame opened() {
        return opened;
    }

    /** What control said about it when it arrived. */
    FrameControl control() {
        return control;
    }

    /** The frame as the pipeline gets it. */
    EncodedFrame encoded() {
        return encoded;
    }

    /** Gives the frame to the pipeline with other settings. */
    void examineAs(EncodedFrame other) {
        encoded = other;
    }

    /** A record with another value and the time of this frame's record. */
    <T> StreamRecord<T> recordOf(T value) {
        return hasTimestamp ? new StreamRecord<>(value, timestamp) : new StreamRecord<>(value);
    }

    void sent(long nanos, ResultMapper byMapper) {
        sentNanos = nanos;
        mapper = byMapper;
    }

    /** Makes the record of this frame: it knows the model that examined it. */
    ResultMapper mapper() {
        if (mapper == null) {
            throw new IllegalStateException("the frame has not been sent");
        }
        return mapper;
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
