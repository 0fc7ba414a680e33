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

import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.codec.RecordCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Acknowledgements on their way. One waits until every subtask has applied the change that it is
 * about; then a subtask lets it go out with its results, so that it is written as often as they
 * are: exactly once where they are. What went out after a checkpoint is therefore kept until the
 * next one, and goes out again where the subtask falls back to before it. Not thread-safe.
 */
final class Outbox {
    private final Clock clock;
    private final RecordCodec<ControlAcknowledgement> codec =
            RecordCodec.forControlAcknowledgement();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private long checkpoint;

    private record Waiting(long version, ControlAcknowledgement record) {}

    private record Sent(int subtask, long afterCheckpoint, Waiting content) {}

    /**
     * An empty box.
     *
     * @param checkpoint the checkpoint that the job begins from, or a number below all others
     */
    Outbox(Clock clock, long checkpoint) {
        this.clock = clock;
        this.checkpoint = checkpoint;
    }

    /** Adds one that waits for a version of the table; 0 for none. */
    void add(long version, ControlAcknowledgement record) {
        waiting.add(new Waiting(version, record));
    }

    /** Sends those that need not wait any more, if a subtask can let them go out. */
    void flush(Subtasks subtasks) {
        int emitter = subtasks.firstRunning();
        if (emitter < 0) {
            return;
        }
        long applied = Math.max(0, subtasks.appliedEverywhere());
        Iterator<Waiting> all = waiting.iterator();
        while (all.hasNext()) {
            Waiting next = all.next();
            if (next.version <= applied) {
                all.remove();
                next.record.setAcknowledgedAtUs(
                        ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
                subtasks.tell(emitter, new SubtaskCommand.Emit(next.record));
                sent.add(new Sent(emitter, checkpoint, next));
            }
        }
    }

    /** A checkpoint begins: what was sent before is part of it. */
    void checkpointBegins(long id) {
        checkpoint = id;
    }

    /** A checkpoint is complete: nobody falls back to before it. */
    void checkpointCompleted(long id) {
        sent.removeIf(record -> record.afterCheckpoint < id);
    }

    /** A subtask falls back to a checkpoint: what it was sent after it is not out. */
    void fallBack(int subtask, long toCheckpoint) {
        List<Waiting> again = new ArrayList<>();
        sent.removeIf(
                record -> {
                    boolean lost =
                            record.subtask == subtask && record.afterCheckpoint >= toCheckpoint;
                    if (lost) {
                        again.add(record.content);
                    }
                    return lost;
                });
        waiting.addAll(0, again);
    }

    /** Writes those that wait to a checkpoint. */
    void write(DataOutput out) throws IOException {
        out.writeInt(waiting.size());
        for (Waiting content : waiting) {
            out.writeLong(content.version);
            byte[] bytes = codec.encode(content.record);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /** Adds those that waited when a checkpoint was made. */
    void read(DataInput in) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            long version = in.readLong();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            waiting.add(new Waiting(version, codec.decode(bytes)));
        }
    }
}
