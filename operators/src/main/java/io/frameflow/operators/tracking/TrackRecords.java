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

import io.frameflow.operators.tracking.tracker.Track;
import io.frameflow.operators.tracking.tracker.TrackChange;
import io.frameflow.operators.tracking.tracker.TrackPhase;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import io.frameflow.schema.TrackState;
import org.jspecify.annotations.Nullable;

/** Makes the records that tracks have on the topics. */
final class TrackRecords {
    private TrackRecords() {}

    /** What an object's record says of its track. */
    static io.frameflow.schema.Track reference(Track track) {
        io.frameflow.schema.Track reference = new io.frameflow.schema.Track();
        reference.setTrackId(track.id());
        reference.setState(state(track.phase()));
        reference.setAgeFrames(track.ageFrames());
        return reference;
    }

    /** The event of a change, as it stands after it; the frame is the one that caused it. */
    static TrackEvent event(
            TrackChange change,
            Track track,
            String cameraId,
            @Nullable String session,
            long sequence,
            long captureTimeMicros) {
        TrackEvent event = new TrackEvent();
        event.setCameraId(cameraId);
        event.setTrackId(track.id());
        event.setType(type(change));
        event.setSession(session);
        event.setSequence(sequence);
        event.setCaptureTimeUs(captureTimeMicros);
        event.setClassId(track.classId());
        event.setLabel(track.label());
        event.setScore(track.score());
        event.setLeft(track.left());
        event.setTop(track.top());
        event.setWidth(track.width());
        event.setHeight(track.height());
        event.setFirstCaptureTimeUs(track.firstCaptureTimeMicros());
        event.setDetections(track.detections());
        return event;
    }

    private static TrackState state(TrackPhase phase) {
        return switch (phase) {
            case TENTATIVE -> TrackState.TENTATIVE;
            case CONFIRMED -> TrackState.CONFIRMED;
            case LOST -> TrackState.LOST;
            case ENDED -> TrackState.UNKNOWN;
        };
    }

    private static TrackEventType type(TrackChange change) {
        return switch (change) {
            case CONFIRMED -> TrackEventType.CONFIRMED;
            case LOST -> TrackEventType.LOST;
            case RECOVERED -> TrackEventType.RECOVERED;
            case ENDED -> TrackEventType.ENDED;
        };
    }
}
