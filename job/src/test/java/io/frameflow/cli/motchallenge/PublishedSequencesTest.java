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
package io.frameflow.cli.motchallenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.frameflow.cli.evaluate.tracking.SequenceFiles;
import io.frameflow.cli.evaluate.tracking.TrackingEvaluation;
import io.frameflow.operators.tracking.tracker.TrackerKind;
import io.frameflow.operators.tracking.tracker.TrackerOptions;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tracker on sequences that others published, against tracks that others found. */
class PublishedSequencesTest {
    private static final double PERCENT_POINT = 1.0;

    /** What the program of its authors finds, by TrackEval. */
    @ParameterizedTest
    @CsvSource({
        "sort, TUD-Campus, 45.257, 60.645",
        "sort, MOT17-02, 49.149, 55.105",
        "sort, MOT17-09, 64.264, 77.697",
        "bytetrack, TUD-Campus, 51.388, 71.318",
        "bytetrack, MOT17-02, 48.351, 55.037",
        "bytetrack, MOT17-09, 62.063, 74.740",
        "ocsort, TUD-Campus, 49.889, 69.243",
        "ocsort, MOT17-02, 49.622, 55.108",
        "ocsort, MOT17-09, 63.264, 73.453",
    })
    void aPublishedTrackerIsAsGoodAsItsAuthorsProgram(
            String tracker, String sequence, double hota, double idf1) throws Exception {
        Map<String, Number> figures = judge(tracker, sequence);

        assertThat(share(figures, "HOTA")).isGreaterThan(hota - PERCENT_POINT);
        assertThat(share(figures, "IDF1")).isGreaterThan(idf1 - PERCENT_POINT);
    }

    @Test
    void theDefaultTrackerIsBetterThanAllOfThem() throws Exception {
        double campus = share(judge("frameflow", "TUD-Campus"), "HOTA");
        double second = share(judge("frameflow", "MOT17-02"), "HOTA");
        double ninth = share(judge("frameflow", "MOT17-09"), "HOTA");

        assertThat(campus).isGreaterThan(51.4);
        assertThat(second).isGreaterThan(49.7);
        assertThat(ninth).isGreaterThan(64.3);
        // The best of the peers, OC-SORT, has 162.775.
        assertThat(campus + second + ninth).isGreaterThan(166);
    }

    /** The same detections are joined to the same tracks, in every frame, with the same numbers. */
    @Test
    void byteTrackFindsTheTracksOfItsAuthorsProgram() throws Exception {
        List<MotChallengeRow> expected = read("tracking/TUD-Campus/peers/bytetrack.txt");

        List<MotChallengeRow> tracks = track("bytetrack", read("tracking/TUD-Campus/det.txt"));

        assertThat(idsByFrame(tracks)).isEqualTo(idsByFrame(expected));
        Map<String, MotChallengeRow> boxes =
                expected.stream().collect(Collectors.toMap(row -> key(row), row -> row));
        for (MotChallengeRow row : tracks) {
            MotChallengeRow other = Objects.requireNonNull(boxes.get(key(row)));
            // Their filter leaves out one prediction when a track is confirmed.
            assertThat(Math.abs(row.left() - other.left())).isLessThan(6);
            assertThat(Math.abs(row.top() - other.top())).isLessThan(6);
            assertThat(Math.abs(row.width() - other.width())).isLessThan(6);
            assertThat(Math.abs(row.height() - other.height())).isLessThan(6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // sequence, people in the ground truth or about that, most tracks that still make sense,
        // score from which most boxes of its detector are right
        "tracking/TUD-Campus/det.txt, 8, 20, 0.6",
        "tracking/MOT17-02/det.txt, 50, 80, 0.6",
        "tracking/MOT17-09/det.txt, 15, 35, 0.6",
        "expected/retail02_yolov5n_person_det.txt, 10, 150, 0.25",
    })
    void tracksAreAboutAsManyAsPeople(String file, int fewest, int most, float score)
            throws Exception {
        List<MotChallengeRow> detections = read(file);

        TrackerOptions options =
                TrackerKind.FRAMEFLOW.options(
                        Map.of("track_high_thresh", score, "new_track_thresh", score));

        List<MotChallengeRow> tracks = track(options, detections);

        long count = tracks.stream().mapToLong(MotChallengeRow::id).distinct().count();
        assertThat(count).isBetween((long) fewest, (long) most);
        assertThat(tracks).hasSizeBetween(detections.size() * 3 / 4, detections.size());
        assertThat(track(options, detections)).isEqualTo(tracks);
    }

    private static Map<Integer, Set<Long>> idsByFrame(List<MotChallengeRow> rows) {
        return rows.stream()
                .collect(
                        Collectors.groupingBy(
                                MotChallengeRow::frame,
                                TreeMap::new,
                                Collectors.mapping(MotChallengeRow::id, Collectors.toSet())));
    }

    private static String key(MotChallengeRow row) {
        return row.frame() + "/" + row.id();
    }

    private static Map<String, Number> judge(String tracker, String sequence) throws Exception {
        String folder = "tracking/" + sequence;
        List<MotChallengeRow> tracks = track(tracker, read(folder + "/det.txt"));
        Path file = Files.createTempFile("tracks", ".txt");
        try {
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
                tracks.forEach(new MotChallengeWriter(out)::write);
            }
            return new TrackingEvaluation(0.5, null)
                    .evaluate(SequenceFiles.find(data(folder), file))
                    .figures();
        } finally {
            Files.delete(file);
        }
    }

    private static double share(Map<String, Number> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name).doubleValue();
    }

    private static List<MotChallengeRow> track(String tracker, List<MotChallengeRow> detections) {
        return track(TrackerKind.ofLabel(tracker).orElseThrow().options(Map.of()), detections);
    }

    private static List<MotChallengeRow> track(
            TrackerOptions options, List<MotChallengeRow> detections) {
        List<MotChallengeRow> tracks = new ArrayList<>();
        new SequenceTracking(options.newTracker(), tracks::add).run(detections);
        return tracks;
    }

    private static List<MotChallengeRow> read(String name) throws Exception {
        return MotChallengeReader.read(data(name));
    }

    private static Path data(String name) {
        @Nullable String folder = System.getenv("FRAMEFLOW_REFERENCE_DATA");
        assumeThat(folder).as("FRAMEFLOW_REFERENCE_DATA").isNotBlank();
        Path file = Path.of(folder, name);
        assumeThat(Files.exists(file)).as(file + " exists").isTrue();
        return file;
    }
}
