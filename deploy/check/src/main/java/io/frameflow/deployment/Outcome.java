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
package io.frameflow.deployment;

import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.StageDurations;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What became of one message of the frames topic.
 *
 * @param position where the message lies
 * @param frame what the record calls the frame; null in the dead letter of a message that could not
 *     be read
 * @param content the record, without what may differ between two runs over the same messages
 */
record Outcome(MessagePosition position, @Nullable FrameId frame, SpecificRecord content) {
    private static final StageDurations NO_DURATIONS =
            new StageDurations(0L, 0L, 0L, 0L, 0L, 0L, 0L);

    /**
     * Takes the record over: its durations, the one part that differs between runs, are cleared.
     */
    static Outcome of(FrameDetections detections) {
        detections.setDurations(NO_DURATIONS);
        return new Outcome(
                new MessagePosition(detections.getSourcePartition(), detections.getSourceOffset()),
                FrameId.of(detections),
                detections);
    }

    static Outcome of(DeadLetter letter) {
        return new Outcome(
                new MessagePosition(letter.getSourcePartition(), letter.getSourceOffset()),
                FrameId.of(letter),
                letter);
    }

    boolean isDeadLetter() {
        return content instanceof DeadLetter;
    }
}
