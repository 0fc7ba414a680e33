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
import io.frameflow.operators.tracking.tracker.CombinedOptions;
import io.frameflow.operators.tracking.tracker.TrackerKind;
import io.frameflow.operators.tracking.tracker.TrackerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How detections become tracks. The names are those of the trackers' authors. */
public final class TrackingOptions {

    /** Whether to track at all. */
    public static final JobOption<Boolean> ENABLED =
            JobOption.withDefault(
                    "tracking.enabled",
                    Domain.booleans(),
                    true,
                    "Whether detections are joined to tracks. Off, results go out as they are, also"
                            + " those of frames that come twice or late.");

    /** Which tracker. */
    public static final JobOption<TrackerKind> TRACKER =
            JobOption.withDefault(
                    "tracking.tracker",
                    Domain.oneOf(List.of(TrackerKind.values())),
                    TrackerKind.FRAMEFLOW,
                    "How detections are joined to tracks. The options below name the trackers that"
                            + " have them; an option of another tracker is an error.");

    /** Score of sure detections. */
    public static final JobOption<Float> TRACK_HIGH_THRESH =
            JobOption.optional(
                    "tracking.track_high_thresh",
                    Domain.numbers(0, 1),
                    "frameflow, bytetrack: detections with at least this score are matched"
                            + " first. Default: 0.6. A detector whose scores are lower needs less.");

    /** Score of unsure detections. */
    public static final JobOption<Float> TRACK_LOW_THRESH =
            JobOption.optional(
                    "tracking.track_low_thresh",
                    Domain.numbers(0, 1),
                    "frameflow, bytetrack: detections below track_high_thresh, but not"
                            + " below this, are matched with what is left. At most track_high_thresh."
                            + " Default: 0.1.");

    /** Score of a new track. */
    public static final JobOption<Float> NEW_TRACK_THRESH =
            JobOption.optional(
                    "tracking.new_track_thresh",
                    Domain.numbers(0, 1),
                    "frameflow, bytetrack: a detection that matches no track begins one"
                            + " from this score on. Default: 0.7.");

    /** Frames that a lost track is kept. */
    public static final JobOption<Integer> TRACK_BUFFER =
            JobOption.optional(
                    "tracking.track_buffer",
                    Domain.integers(0, 1_000_000),
                    "frameflow, bytetrack: frames that a track is kept while it is not"
                            + " seen. Default: 60 for frameflow, 30 for bytetrack.");

    /** Cost above which nothing is matched. */
    public static final JobOption<Float> MATCH_THRESH =
            JobOption.optional(
                    "tracking.match_thresh",
                    Domain.numbers(0, 1),
                    "bytetrack: a track and a detection are not matched in the first stage"
                            + " if 1 less their overlap is this or more. Default: 0.9.");

    /** The same for detections of low score. */
    public static final JobOption<Float> MATCH_THRESH_LOW =
            JobOption.optional(
                    "tracking.match_thresh_low",
                    Domain.numbers(0, 1),
                    "bytetrack: the same in the stage for detections of low score."
                            + " Default: 0.5.");

    /** The same for tracks that are not sure yet. */
    public static final JobOption<Float> MATCH_THRESH_TENTATIVE =
            JobOption.optional(
                    "tracking.match_thresh_tentative",
                    Domain.numbers(0, 1),
                    "bytetrack: the same in the stage for tentative tracks. Default: 0.7.");

    /** Whether scores weigh in. */
    public static final JobOption<Boolean> FUSE_SCORE =
            JobOption.optional(
                    "tracking.fuse_score",
                    Domain.booleans(),
                    "bytetrack: whether the overlap is weighted by the score of the"
                            + " detection. Default: true.");

    /** Cost below which two tracks are one. */
    public static final JobOption<Float> DUPLICATE_THRESH =
            JobOption.optional(
                    "tracking.duplicate_thresh",
                    Domain.numbers(0, 1),
                    "bytetrack: of a track in sight and a lost one, the younger ends if 1"
                            + " less their overlap is below this; 0 lets both live. Default: 0.15.");

    /** Least overlap. */
    public static final JobOption<Float> IOU_THRESHOLD =
            JobOption.optional(
                    "tracking.iou_threshold",
                    Domain.numbers(0, 1),
                    "frameflow, ocsort, sort: least overlap of a detection with the place"
                            + " where a track is expected. Default: 0.3.");

    /** Least overlap of detections of low score. */
    public static final JobOption<Float> IOU_THRESHOLD_LOW =
            JobOption.optional(
                    "tracking.iou_threshold_low",
                    Domain.numbers(0, 1),
                    "frameflow: the same for detections of low score. Default: 0.5.");

    /** Least overlap of tracks that are not sure yet. */
    public static final JobOption<Float> IOU_THRESHOLD_TENTATIVE =
            JobOption.optional(
                    "tracking.iou_threshold_tentative",
                    Domain.numbers(0, 1),
                    "frameflow: the same for tentative tracks. Default: 0.3.");

    /** Frames of a direction. */
    public static final JobOption<Integer> DELTA_T =
            JobOption.optional(
                    "tracking.delta_t",
                    Domain.integers(1, 8),
                    "frameflow, ocsort: frames over which the direction of a track is"
                            + " measured. Default: 3.");

    /** Weight of the direction. */
    public static final JobOption<Float> INERTIA =
            JobOption.optional(
                    "tracking.inertia",
                    Domain.numbers(0, 1),
                    "frameflow, ocsort: weight of the direction when a track and a"
                            + " detection are matched. Default: 0.2.");

    /** Score of detections that are used. */
    public static final JobOption<Float> DET_THRESH =
            JobOption.optional(
                    "tracking.det_thresh",
                    Domain.numbers(0, 1),
                    "ocsort: detections below this score are not used. Default: 0.6.");

    /** Frames that a lost track is kept. */
    public static final JobOption<Integer> MAX_AGE =
            JobOption.optional(
                    "tracking.max_age",
                    Domain.integers(0, 1_000_000),
                    "ocsort, sort: frames that a track is kept while it is not seen."
                            + " Default: 30 for ocsort, 1 for sort.");

    /** Frames until a track is sure. */
    public static final JobOption<Integer> MIN_HITS =
            JobOption.optional(
                    "tracking.min_hits",
                    Domain.integers(0, 1_000),
                    "ocsort, sort: frames in a row, after the first one, in which a track"
                            + " must be seen to be confirmed. Default: 3.");

    /** Most tracks of a camera. */
    public static final JobOption<Integer> MAX_TARGETS_PER_STREAM =
            JobOption.withDefault(
                    "tracking.maxTargetsPerStream",
                    Domain.integers(1, 10_000),
                    CombinedOptions.DEFAULTS.maxTargetsPerStream(),
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
                            + " those of the trackers' authors, maxTargetsPerStream is DeepStream's.",
                    List.of(
                            ENABLED,
                            TRACKER,
                            TRACK_HIGH_THRESH,
                            TRACK_LOW_THRESH,
                            NEW_TRACK_THRESH,
                            TRACK_BUFFER,
                            MATCH_THRESH,
                            MATCH_THRESH_LOW,
                            MATCH_THRESH_TENTATIVE,
                            FUSE_SCORE,
                            DUPLICATE_THRESH,
                            IOU_THRESHOLD,
                            IOU_THRESHOLD_LOW,
                            IOU_THRESHOLD_TENTATIVE,
                            DELTA_T,
                            INERTIA,
                            DET_THRESH,
                            MAX_AGE,
                            MIN_HITS,
                            MAX_TARGETS_PER_STREAM,
                            REORDER_WINDOW,
                            REORDER_TIMEOUT,
                            IDLE_TIMEOUT));

    /**
     * The options that only some trackers have; behind "tracking." they have the tracker's names.
     */
    private static final List<JobOption<?>> OF_TRACKERS =
            List.of(
                    TRACK_HIGH_THRESH,
                    TRACK_LOW_THRESH,
                    NEW_TRACK_THRESH,
                    TRACK_BUFFER,
                    MATCH_THRESH,
                    MATCH_THRESH_LOW,
                    MATCH_THRESH_TENTATIVE,
                    FUSE_SCORE,
                    DUPLICATE_THRESH,
                    IOU_THRESHOLD,
                    IOU_THRESHOLD_LOW,
                    IOU_THRESHOLD_TENTATIVE,
                    DELTA_T,
                    INERTIA,
                    DET_THRESH,
                    MAX_AGE,
                    MIN_HITS,
                    MAX_TARGETS_PER_STREAM);

    private static final String PREFIX = "tracking.";

    private TrackingOptions() {}

    /**
     * The chosen tracker with the options that were given.
     *
     * @throws IllegalArgumentException if they do not fit the tracker or each other
     */
    static TrackerOptions tracker(OptionValues values) {
        Map<String, Object> given = new HashMap<>();
        for (JobOption<?> option : OF_TRACKERS) {
            values.find(option)
                    .ifPresent(value -> given.put(option.key().substring(PREFIX.length()), value));
        }
        return values.get(TRACKER).options(given);
    }

    /** What {@link #tracker} reads. */
    static List<JobOption<?>> trackerOptions() {
        List<JobOption<?>> options = new ArrayList<>(OF_TRACKERS);
        options.add(TRACKER);
        return options;
    }
}
