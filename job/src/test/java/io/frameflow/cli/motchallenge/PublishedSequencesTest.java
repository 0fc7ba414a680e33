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

import io.frameflow.operators.tracking.tracker.ByteTrackOptions;
import io.frameflow.operators.tracking.tracker.ByteTracker;
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
    /** The settings of Zhang et al. for MOT17. */
    private static final ByteTrackOptions AUTHORS =
            new ByteTrackOptions(0.6f, 0.1f, 0.7f, 30, 0.9f, true, 1000);

    /**
     * The authors' program measures overlap on boxes that include the pixel at their right and
     * lower edge, so it is given boxes that are larger by that pixel. All else being equal, the
     * same detections must then be joined to the same tracks, in every frame, with the same
     * numbers.
     */
    @Test
    void byteTrackFindsTheTracksOfItsAuthorsProgram() throws Exception {
        List<MotChallengeRow> detections = read("tracking/TUD-Campus/det.txt");
        List<MotChallengeRow> expected = read("tracking/TUD-Campus/peers/bytetrack.txt");

        List<MotChallengeRow> tracks =
                track(AUTHORS, detections.stream().map(row -> grown(row, 1)).toList());

        assertThat(idsByFrame(tracks)).isEqualTo(idsByFrame(expected));
        Map<String, MotChallengeRow> boxes =
                expected.stream().collect(Collectors.toMap(row -> key(row), row -> row));
        for (MotChallengeRow row : tracks) {
            MotChallengeRow other = Objects.requireNonNull(boxes.get(key(row)));
            // Their filter leaves out one prediction when a track is confirmed.
            assertThat(Math.abs(row.left() - other.left())).isLessThan(6);
            assertThat(Math.abs(row.top() - other.top())).isLessThan(6);
            assertThat(Math.abs(row.width() - 1 - other.width())).isLessThan(6);
            assertThat(Math.abs(row.height() - 1 - other.height())).isLessThan(6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // sequence, people in the ground truth or about that, most tracks that still make sense
        "tracking/TUD-Campus/det.txt, 8, 20",
        "tracking/MOT17-02/det.txt, 50, 80",
        "tracking/MOT17-09/det.txt, 15, 35",
        "expected/retail02_yolov5n_person_det.txt, 10, 150",
    })
    void tracksAreAboutAsManyAsPeople(String file, int fewest, int most) throws Exception {
        List<MotChallengeRow> detections = read(file);

        List<MotChallengeRow> tracks = track(ByteTrackOptions.DEFAULTS, detections);

        long count = tracks.stream().mapToLong(MotChallengeRow::id).distinct().count();
        assertThat(count).isBetween((long) fewest, (long) most);
        assertThat(tracks).hasSizeBetween(detections.size() * 3 / 4, detections.size());
        assertThat(track(ByteTrackOptions.DEFAULTS, detections)).isEqualTo(tracks);
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

    private static MotChallengeRow grown(MotChallengeRow row, double pixels) {
        return new MotChallengeRow(
                row.frame(),
                row.id(),
                row.left(),
                row.top(),
                row.width() + pixels,
                row.height() + pixels,
                row.confidence());
    }

    private static List<MotChallengeRow> track(
            ByteTrackOptions options, List<MotChallengeRow> detections) {
        List<MotChallengeRow> tracks = new ArrayList<>();
        new SequenceTracking(new ByteTracker(options), tracks::add).run(detections);
        return tracks;
    }

    private static List<MotChallengeRow> read(String name) throws Exception {
        @Nullable String folder = System.getenv("FRAMEFLOW_REFERENCE_DATA");
        assumeThat(folder).as("FRAMEFLOW_REFERENCE_DATA").isNotBlank();
        Path file = Path.of(folder, name);
        assumeThat(Files.exists(file)).as(file + " exists").isTrue();
        return MotChallengeReader.read(file);
    }
}
