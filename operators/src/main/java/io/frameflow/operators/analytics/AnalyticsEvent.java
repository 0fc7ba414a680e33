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
package io.frameflow.operators.analytics;

/**
 * Something that happened in a zone, at a line or to the direction of an object.
 *
 * @param type what happened
 * @param label the zone, line or direction
 * @param trackId the object's track, or {@link #NO_TRACK} where it is about no single one
 * @param total how often this has happened with this label since counting began, this time included
 * @param occupancy objects in the zone after it, or {@link #NOT_APPLICABLE}
 * @param durationMicros how long the object was in the zone, or the zone was overcrowded, in
 *     microseconds; {@link #NOT_APPLICABLE} for other types
 */
public record AnalyticsEvent(
        Type type, String label, long trackId, long total, long occupancy, long durationMicros) {

    /** No track has this number. */
    public static final long NO_TRACK = 0;

    /** Stands for a number that an event of this type does not have. */
    public static final long NOT_APPLICABLE = -1;

    /** What can happen. */
    public enum Type {
        /** An object is in a zone and was not there before. */
        ZONE_ENTERED,
        /** An object is no longer in a zone, or its track ended in it. */
        ZONE_EXITED,
        /** An object crossed a line in its direction. */
        LINE_CROSSED,
        /** There were too many objects in a zone for long enough. */
        OVERCROWDING_BEGAN,
        /** There are no longer too many. */
        OVERCROWDING_ENDED,
        /** An object began to move in a direction. */
        DIRECTION_CHANGED
    }
}
