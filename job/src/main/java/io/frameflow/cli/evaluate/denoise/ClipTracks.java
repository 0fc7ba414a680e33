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
package io.frameflow.cli.evaluate.denoise;

import static java.util.Objects.requireNonNull;

import io.frameflow.cli.evaluate.tracking.Benchmark;
import io.frameflow.cli.evaluate.tracking.TrackingEvaluation;
import io.frameflow.cli.motchallenge.GroundTruthRow;
import io.frameflow.cli.motchallenge.MotChallengeRow;
import io.frameflow.cli.motchallenge.SequenceTracking;
import io.frameflow.operators.tracking.tracker.CombinedOptions;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tracks of a clip: its detections, joined by the default tracker with its defaults, each class
 * by itself.
 */
final class ClipTracks {
    /** More than a class has tracks. */
    private static final long IDS_OF_A_CLASS = 1_000_000;

    private final Map<Integer, List<MotChallengeRow>> detections = new TreeMap<>();

    /** Adds what was found in a frame; frames count from 1. */
    void add(int frame, Detections found) {
        for (int i = 0; i < found.count(); i++) {
            detections
                    .computeIfAbsent(found.classIds()[i], id -> new ArrayList<>())
                    .add(
                            new MotChallengeRow(
                                    frame,
                                    -1,
                                    found.boxes()[4 * i],
                                    found.boxes()[4 * i + 1],
                                    found.boxes()[4 * i + 2],
                                    found.boxes()[4 * i + 3],
                                    found.scores()[i]));
        }
    }

    private List<MotChallengeRow> join() {
        List<MotChallengeRow> tracks = new ArrayList<>();
        detections.forEach(
                (classId, rows) -> {
                    long firstId = IDS_OF_A_CLASS * classId;
                    new SequenceTracking(
                                    CombinedOptions.DEFAULTS.newTracker(),
                                    row -> tracks.add(withId(row, firstId + row.id())))
                            .run(rows);
                });
        return tracks;
    }

    private static MotChallengeRow withId(MotChallengeRow row, long id) {
        return new MotChallengeRow(
                row.frame(),
                id,
                row.left(),
                row.top(),
                row.width(),
                row.height(),
                row.confidence());
    }

    /**
     * How well the tracks of another clip follow these.
     *
     * @param frames length of both
     * @return figures by names that say what they are: tracks; IDF1 in percent; and continuity, the
     *     percentage of steps from one frame to the next of a track of these in which the same
     *     track of the other clip follows it in both frames
     */
    Map<String, Object> compare(ClipTracks other, int frames) throws IOException {
        List<MotChallengeRow> own = join();
        List<MotChallengeRow> followers = other.join();
        Map<String, Number> scores =
                new TrackingEvaluation(TrackContinuity.LEAST_OVERLAP, Benchmark.MOT15)
                        .figures(
                                "clip",
                                own.stream().map(ClipTracks::truth).toList(),
                                followers,
                                frames);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("tracks", requireNonNull(scores.get("IDs")));
        figures.put("idf1", requireNonNull(scores.get("IDF1")));
        figures.put("continuity", TrackContinuity.percent(own, followers));
        return figures;
    }

    private static GroundTruthRow truth(MotChallengeRow row) {
        return new GroundTruthRow(
                row.frame(), row.id(), row.left(), row.top(), row.width(), row.height(), true, -1);
    }

    /** Number of different tracks. */
    long count() {
        return join().stream().mapToLong(MotChallengeRow::id).distinct().count();
    }
}
