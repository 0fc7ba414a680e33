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

import io.frameflow.operators.analytics.AnalyticsEvent;
import io.frameflow.operators.tracking.tracker.Track;
import io.frameflow.operators.tracking.tracker.TrackChange;
import io.frameflow.operators.tracking.tracker.TrackPhase;
import io.frameflow.schema.AnalyticsDetails;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import io.frameflow.schema.TrackState;
import org.jspecify.annotations.Nullable;

/** Makes the records that tracks have on the topics. */
final class TrackRecords {
    /** Class of an event that is about no single object. */
    private static final int NO_CLASS = -1;

    private TrackRecords() {}

    /** What an object's record says of its track. */
    static io.frameflow.schema.Track reference(Track track) {
        io.frameflow.schema.Track reference = new io.frameflow.schema.Track();
        reference.setTrackId(track.id());
        reference.setState(state(track.phase()));
        reference.setAgeFrames(track.ageFrames());
        return reference;
    }

    /**
     * The event of a change, as it stands after it.
     *
     * @param cause has the frame that caused it
     */
    static TrackEvent event(TrackChange change, Track track, TrackEvent cause) {
        TrackEvent event = causedBy(cause);
        event.setType(type(change));
        describe(track, event);
        return event;
    }

    /**
     * An event of analytics.
     *
     * @param track the track that it is about, or null where it is about no single one
     * @param cause has the frame that caused it
     */
    static TrackEvent event(AnalyticsEvent happened, @Nullable Track track, TrackEvent cause) {
        TrackEvent event = causedBy(cause);
        event.setType(type(happened.type()));
        if (track == null) {
            event.setTrackId(AnalyticsEvent.NO_TRACK);
            event.setClassId(NO_CLASS);
            event.setLabel("");
        } else {
            describe(track, event);
        }
        event.setAnalytics(
                new AnalyticsDetails(
                        happened.label(),
                        happened.total(),
                        orNull(happened.occupancy()),
                        orNull(happened.durationMicros())));
        return event;
    }

    private static TrackEvent causedBy(TrackEvent cause) {
        TrackEvent event = new TrackEvent();
        event.setCameraId(cause.getCameraId());
        event.setSession(cause.getSession());
        event.setSequence(cause.getSequence());
        event.setCaptureTimeUs(cause.getCaptureTimeUs());
        return event;
    }

    private static void describe(Track track, TrackEvent event) {
        event.setTrackId(track.id());
        event.setClassId(track.classId());
        event.setLabel(track.label());
        event.setScore(track.score());
        event.setLeft(track.left());
        event.setTop(track.top());
        event.setWidth(track.width());
        event.setHeight(track.height());
        event.setFirstCaptureTimeUs(track.firstCaptureTimeMicros());
        event.setDetections(track.detections());
    }

    private static @Nullable Long orNull(long number) {
        return number == AnalyticsEvent.NOT_APPLICABLE ? null : Long.valueOf(number);
    }

    private static TrackEventType type(AnalyticsEvent.Type type) {
        return switch (type) {
            case ZONE_ENTERED -> TrackEventType.ZONE_ENTERED;
            case ZONE_EXITED -> TrackEventType.ZONE_EXITED;
            case LINE_CROSSED -> TrackEventType.LINE_CROSSED;
            case OVERCROWDING_BEGAN -> TrackEventType.OVERCROWDING_BEGAN;
            case OVERCROWDING_ENDED -> TrackEventType.OVERCROWDING_ENDED;
            case DIRECTION_CHANGED -> TrackEventType.DIRECTION_CHANGED;
        };
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
