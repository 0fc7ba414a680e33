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
package io.frameflow.job.config;

import io.frameflow.operators.tracking.Reordering;
import io.frameflow.operators.tracking.tracker.ByteTrackOptions;
import java.time.Duration;
import java.util.List;

/** How detections become tracks. The names are those of ByteTrack. */
public final class TrackingOptions {

    /** Whether to track at all. */
    public static final JobOption<Boolean> ENABLED =
            JobOption.withDefault(
                    "tracking.enabled",
                    Domain.booleans(),
                    true,
                    "Whether detections are joined to tracks. Off, results go out as they are, also"
                            + " those of frames that come twice or late.");

    /** Score of the first stage. */
    public static final JobOption<Float> TRACK_HIGH_THRESH =
            JobOption.withDefault(
                    "tracking.track_high_thresh",
                    Domain.numbers(0, 1),
                    ByteTrackOptions.DEFAULTS.trackHighThresh(),
                    "Detections with at least this score are matched first.");

    /** Score of the second stage. */
    public static final JobOption<Float> TRACK_LOW_THRESH =
            JobOption.withDefault(
                    "tracking.track_low_thresh",
                    Domain.numbers(0, 1),
                    ByteTrackOptions.DEFAULTS.trackLowThresh(),
                    "Detections below track_high_thresh, but not below this, are matched with what"
                            + " is left. At most track_high_thresh.");

    /** Score of a new track. */
    public static final JobOption<Float> NEW_TRACK_THRESH =
            JobOption.withDefault(
                    "tracking.new_track_thresh",
                    Domain.numbers(0, 1),
                    ByteTrackOptions.DEFAULTS.newTrackThresh(),
                    "A detection that matches no track begins one from this score on.");

    /** Frames that a lost track is kept. */
    public static final JobOption<Integer> TRACK_BUFFER =
            JobOption.withDefault(
                    "tracking.track_buffer",
                    Domain.integers(0, 1_000_000),
                    ByteTrackOptions.DEFAULTS.trackBuffer(),
                    "Frames that a track is kept while it is not seen.");

    /** Cost above which nothing is matched. */
    public static final JobOption<Float> MATCH_THRESH =
            JobOption.withDefault(
                    "tracking.match_thresh",
                    Domain.numbers(0, 1),
                    ByteTrackOptions.DEFAULTS.matchThresh(),
                    "A track and a detection are not matched in the first stage if 1 less their"
                            + " overlap is this or more.");

    /** Whether scores weigh in. */
    public static final JobOption<Boolean> FUSE_SCORE =
            JobOption.withDefault(
                    "tracking.fuse_score",
                    Domain.booleans(),
                    ByteTrackOptions.DEFAULTS.fuseScore(),
                    "Whether the overlap is weighted by the score of the detection.");

    /** Most tracks of a camera. */
    public static final JobOption<Integer> MAX_TARGETS_PER_STREAM =
            JobOption.withDefault(
                    "tracking.maxTargetsPerStream",
                    Domain.integers(1, 10_000),
                    ByteTrackOptions.DEFAULTS.maxTargetsPerStream(),
                    "Most open tracks of a camera. When there is no room, the track that was lost"
                            + " for longest leaves.");

    /** How far frames may be out of order. */
    public static final JobOption<Integer> REORDER_WINDOW =
            JobOption.withDefault(
                    "tracking.reorder-window",
                    Domain.integers(0, Reordering.LARGEST_WINDOW),
                    5,
                    "By how many sequences a frame may be overtaken and still be put in order. Only"
                            + " frames behind a missing one wait, for at most as many to come; 0 has"
                            + " none wait. The default is what Kafka's producer has in flight.");

    /** How long a frame waits for earlier ones. */
    public static final JobOption<Duration> REORDER_TIMEOUT =
            JobOption.withDefault(
                    "tracking.reorder-timeout",
                    Domain.durations(Duration.ofMillis(1), Duration.ofMinutes(1)),
                    Duration.ofSeconds(1),
                    "How long a frame waits for a missing one in Kafka's time of the messages. At"
                            + " most tracking.idle-timeout.");

    /** Time after which a silent camera's tracks end. */
    public static final JobOption<Duration> IDLE_TIMEOUT =
            JobOption.withDefault(
                    "tracking.idle-timeout",
                    Domain.durations(Duration.ofSeconds(1), Duration.ofDays(1)),
                    Duration.ofMinutes(1),
                    "How long a camera must be silent for its tracks to end without a further frame."
                            + " Longer than track_buffer frames of the slowest camera take.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Tracking",
                    "How the detections of each camera become tracks. Names with an underscore are"
                            + " those of ByteTrack, maxTargetsPerStream is DeepStream's.",
                    List.of(
                            ENABLED,
                            TRACK_HIGH_THRESH,
                            TRACK_LOW_THRESH,
                            NEW_TRACK_THRESH,
                            TRACK_BUFFER,
                            MATCH_THRESH,
                            FUSE_SCORE,
                            MAX_TARGETS_PER_STREAM,
                            REORDER_WINDOW,
                            REORDER_TIMEOUT,
                            IDLE_TIMEOUT));

    private TrackingOptions() {}
}
