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
package io.frameflow.cli;

import io.frameflow.operators.tracking.tracker.TrackerKind;
import io.frameflow.operators.tracking.tracker.TrackerOptions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that choose a tracker and set it up. Each is named as the tracker's authors name it;
 * what is not given has the tracker's default.
 */
final class TrackerFlags {
    @Option(
            names = "--tracker",
            paramLabel = "NAME",
            defaultValue = "frameflow",
            converter = KindConverter.class,
            completionCandidates = Kinds.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private TrackerKind tracker = TrackerKind.FRAMEFLOW;

    @Option(
            names = "--track-high-thresh",
            paramLabel = "SCORE",
            description =
                    "frameflow, bytetrack: a detection with this score or more is matched first. Default: 0.6.")
    private @Nullable Float trackHighThresh;

    @Option(
            names = "--track-low-thresh",
            paramLabel = "SCORE",
            description =
                    "frameflow, bytetrack: a detection with this score or more can continue a track. Default: 0.1.")
    private @Nullable Float trackLowThresh;

    @Option(
            names = "--new-track-thresh",
            paramLabel = "SCORE",
            description =
                    "frameflow, bytetrack: a detection needs this score to begin a track. Default: 0.7.")
    private @Nullable Float newTrackThresh;

    @Option(
            names = "--track-buffer",
            paramLabel = "FRAMES",
            description =
                    "frameflow, bytetrack: how long a track is kept while it is not seen. Default: 60 for frameflow, 30 for bytetrack.")
    private @Nullable Integer trackBuffer;

    @Option(
            names = "--match-thresh",
            paramLabel = "COST",
            description =
                    "bytetrack: a track and a sure detection are matched below this cost, 1 less overlap. Default: 0.9.")
    private @Nullable Float matchThresh;

    @Option(
            names = "--match-thresh-low",
            paramLabel = "COST",
            description = "bytetrack: the same for detections of low score. Default: 0.5.")
    private @Nullable Float matchThreshLow;

    @Option(
            names = "--match-thresh-tentative",
            paramLabel = "COST",
            description = "bytetrack: the same for tentative tracks. Default: 0.7.")
    private @Nullable Float matchThreshTentative;

    @Option(
            names = "--fuse-score",
            negatable = true,
            description =
                    "bytetrack: weight the overlap by the score; --no-fuse-score does not. Default: it is.")
    private @Nullable Boolean fuseScore;

    @Option(
            names = "--duplicate-thresh",
            paramLabel = "COST",
            description =
                    "bytetrack: of a track in sight and a lost one, the younger ends below this cost. Default: 0.15.")
    private @Nullable Float duplicateThresh;

    @Option(
            names = "--iou-threshold",
            paramLabel = "IOU",
            description =
                    "frameflow, ocsort, sort: least overlap of a track and a detection. Default: 0.3.")
    private @Nullable Float iouThreshold;

    @Option(
            names = "--iou-threshold-low",
            paramLabel = "IOU",
            description = "frameflow: the same for detections of low score. Default: 0.5.")
    private @Nullable Float iouThresholdLow;

    @Option(
            names = "--iou-threshold-tentative",
            paramLabel = "IOU",
            description = "frameflow: the same for tentative tracks. Default: 0.3.")
    private @Nullable Float iouThresholdTentative;

    @Option(
            names = "--delta-t",
            paramLabel = "FRAMES",
            description =
                    "frameflow, ocsort: over how many frames direction is measured. Default: 3.")
    private @Nullable Integer deltaT;

    @Option(
            names = "--inertia",
            paramLabel = "WEIGHT",
            description = "frameflow, ocsort: weight of the direction. Default: 0.2.")
    private @Nullable Float inertia;

    @Option(
            names = "--det-thresh",
            paramLabel = "SCORE",
            description = "ocsort: a detection below this score is not used. Default: 0.6.")
    private @Nullable Float detThresh;

    @Option(
            names = "--max-age",
            paramLabel = "FRAMES",
            description =
                    "ocsort, sort: how long a track is kept while it is not seen. Default: 30 for ocsort, 1 for sort.")
    private @Nullable Integer maxAge;

    @Option(
            names = "--min-hits",
            paramLabel = "FRAMES",
            description = "ocsort, sort: frames in a row until a track is confirmed. Default: 3.")
    private @Nullable Integer minHits;

    /**
     * The options.
     *
     * @param maxTargets most open tracks at a time
     * @throws IllegalArgumentException if the given ones do not fit the tracker or each other
     */
    TrackerOptions options(int maxTargets) {
        Map<String, @Nullable Object> all = new HashMap<>();
        all.put("track_high_thresh", trackHighThresh);
        all.put("track_low_thresh", trackLowThresh);
        all.put("new_track_thresh", newTrackThresh);
        all.put("track_buffer", trackBuffer);
        all.put("match_thresh", matchThresh);
        all.put("match_thresh_low", matchThreshLow);
        all.put("match_thresh_tentative", matchThreshTentative);
        all.put("fuse_score", fuseScore);
        all.put("duplicate_thresh", duplicateThresh);
        all.put("iou_threshold", iouThreshold);
        all.put("iou_threshold_low", iouThresholdLow);
        all.put("iou_threshold_tentative", iouThresholdTentative);
        all.put("delta_t", deltaT);
        all.put("inertia", inertia);
        all.put("det_thresh", detThresh);
        all.put("max_age", maxAge);
        all.put("min_hits", minHits);
        Map<String, Object> given = new HashMap<>();
        all.forEach(
                (name, value) -> {
                    if (value != null) {
                        given.put(name, value);
                    }
                });
        given.put("maxTargetsPerStream", maxTargets);
        return tracker.options(given);
    }

    /** The trackers as they are written. */
    private static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(TrackerKind.values()).map(TrackerKind::label).iterator();
        }
    }

    /** Reads a tracker as it is written. */
    private static final class KindConverter implements ITypeConverter<TrackerKind> {
        @Override
        public TrackerKind convert(String value) {
            return TrackerKind.ofLabel(value)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'"
                                                    + value
                                                    + "' is no tracker: give one of "
                                                    + String.join(", ", new Kinds())));
        }
    }
}
