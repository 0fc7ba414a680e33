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
package io.frameflow.operators.tracking.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.tracking.tracker.Scene.Box;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ByteTrackerTest {
    private static final int BUFFER = 5;

    /** Low from 0.1, high from 0.6, new tracks from 0.7. */
    private static final ByteTrackOptions OPTIONS = options(0.1f, 0.6f, 0.7f, 100);

    private final Scene scene = new Scene(OPTIONS);

    @Test
    void inTheFirstFrameTracksAreConfirmedAtOnce() {
        assertThat(scene.frame(Box.at(0, 0.9), Box.at(500, 0.8))).containsExactly(1L, 2L);

        assertThat(scene.events()).containsExactly("CONFIRMED 1", "CONFIRMED 2");
        assertThat(scene.track(0).phase()).isEqualTo(TrackPhase.CONFIRMED);
    }

    @Test
    void laterATrackIsConfirmedByItsSecondDetection() {
        scene.frame();

        assertThat(scene.frame(Box.at(0, 0.9))).containsExactly(1L);
        assertThat(scene.track(0).phase()).isEqualTo(TrackPhase.TENTATIVE);
        assertThat(scene.events()).isEmpty();

        assertThat(scene.frame(Box.at(2, 0.9))).containsExactly(1L);
        assertThat(scene.track(0).phase()).isEqualTo(TrackPhase.CONFIRMED);
        assertThat(scene.events()).containsExactly("CONFIRMED 1");
    }

    @Test
    void aTentativeTrackThatIsNotSeenAgainEndsInSilenceAndItsIdIsGone() {
        scene.frame();
        scene.frame(Box.at(0, 0.9));

        scene.frame();
        assertThat(scene.events()).isEmpty();
        assertThat(scene.tracks().count()).isZero();

        assertThat(scene.frame(Box.at(0, 0.9))).containsExactly(2L);
    }

    @Test
    void aMovingObjectKeepsItsTrack() {
        for (int frame = 0; frame < 50; frame++) {
            assertThat(scene.frame(Box.at(8 * frame, 0.9))).containsExactly(1L);
        }
        assertThat(scene.track(0).detections()).isEqualTo(50);
        assertThat(scene.track(0).ageFrames()).isEqualTo(50);
    }

    @Test
    void anUnseenTrackIsLostAndFoundWhereItMovedTo() {
        for (int frame = 0; frame < 20; frame++) {
            scene.frame(Box.at(8 * frame, 0.9));
        }

        scene.frame();
        assertThat(scene.events()).containsExactly("LOST 1");
        scene.frame();
        assertThat(scene.events()).isEmpty();

        // Three frames of 8 pixels from where it was seen last; a box that stood still is
        // elsewhere.
        assertThat(scene.frame(Box.at(8 * 22, 0.9))).containsExactly(1L);
        assertThat(scene.events()).containsExactly("RECOVERED 1");
        assertThat(scene.track(0).detections()).isEqualTo(21);
        assertThat(scene.track(0).ageFrames()).isEqualTo(23);
    }

    @Test
    void aLostTrackEndsWhenTheBufferIsOver() {
        scene.frame(Box.at(0, 0.9));
        for (int frame = 0; frame < BUFFER; frame++) {
            scene.frame();
            assertThat(scene.tracks().count()).isEqualTo(1);
        }

        scene.frame();

        assertThat(scene.events()).containsExactly("ENDED 1");
        assertThat(scene.frame(Box.at(0, 0.9))).containsExactly(2L);
    }

    @Test
    void inTheLastFrameOfTheBufferATrackIsStillFound() {
        scene.frame(Box.at(0, 0.9));
        for (int frame = 0; frame < BUFFER; frame++) {
            scene.frame();
        }

        assertThat(scene.frame(Box.at(0, 0.9))).containsExactly(1L);
    }

    @Test
    void missingFramesCountAsTimeButNotAsAbsence() {
        for (int frame = 0; frame < 20; frame++) {
            scene.frame(Box.at(8 * frame, 0.9));
        }

        assertThat(scene.frameAfter(BUFFER + 1, Box.at(8 * (19 + BUFFER + 1), 0.9)))
                .containsExactly(1L);
        assertThat(scene.events()).isEmpty();
        assertThat(scene.track(0).ageFrames()).isEqualTo(20 + BUFFER + 1);
    }

    @Test
    void aGapLongerThanTheBufferEndsAllTracks() {
        scene.frame(Box.at(0, 0.9), Box.at(500, 0.9));

        assertThat(scene.frameAfter(BUFFER + 2, Box.at(0, 0.9))).containsExactly(3L);
        assertThat(scene.events()).containsExactly("ENDED 1", "ENDED 2");
    }

    @Test
    void aDetectionOfLowScoreKeepsATrackButBeginsNone() {
        scene.frame(Box.at(0, 0.9));

        assertThat(scene.frame(Box.at(2, 0.2), Box.at(500, 0.2))).containsExactly(1L, null);
        assertThat(scene.events()).isEmpty();
    }

    @Test
    void aDetectionOfLowScoreDoesNotRecoverALostTrack() {
        scene.frame(Box.at(0, 0.9));
        scene.frame();

        assertThat(scene.frame(Box.at(0, 0.2))).containsExactly((Long) null);
    }

    @Test
    void aScoreAtAThresholdBelongsToThePoolAboveIt() {
        float high = 0.55f;
        float low = 0.3f;
        Scene exact = new Scene(options(low, high, high, 100));
        exact.frame(Box.at(0, high), Box.at(500, Math.nextDown(high)), Box.at(900, low));
        assertThat(exact.tracks().count()).isEqualTo(1);

        // High: at the threshold it recovers a lost track, which only the first stage does.
        exact.frame();
        assertThat(exact.frame(Box.at(0, Math.nextDown(high)))).containsExactly((Long) null);
        assertThat(exact.frame(Box.at(0, high))).containsExactly(1L);

        // Low: at the threshold it keeps a track, just below it is not looked at.
        assertThat(exact.frame(Box.at(0, low))).containsExactly(1L);
        assertThat(exact.frame(Box.at(0, Math.nextDown(low)))).containsExactly((Long) null);
    }

    @Test
    void aScoreAtTheThresholdForNewTracksBeginsOne() {
        float threshold = OPTIONS.newTrackThresh();

        assertThat(scene.frame(Box.at(0, threshold), Box.at(500, Math.nextDown(threshold))))
                .containsExactly(1L, null);
    }

    @Test
    void sureDetectionsAreMatchedBeforeUnsureOnes() {
        scene.frame(Box.at(0, 0.9));

        // The unsure box fits better, the sure one comes first.
        assertThat(scene.frame(Box.at(0, 0.3), Box.at(8, 0.9))).containsExactly(null, 1L);
    }

    @Test
    void objectsOfOtherClassesAreNotMatched() {
        scene.frame(new Box(0, 100, 0.9, 0));

        assertThat(scene.frame(new Box(0, 100, 0.9, 1))).containsExactly(2L);
        assertThat(scene.frame(new Box(0, 100, 0.9, 1), new Box(0, 100, 0.9, 0)))
                .containsExactly(2L, 1L);
    }

    @Test
    void twoThatSwapPlacesSlowlyKeepTheirTracks() {
        for (int frame = 0; frame <= 60; frame++) {
            List<Long> ids =
                    scene.frame(
                            new Box(10 * frame, 100, 0.9, 0),
                            new Box(600 - 10 * frame, 140, 0.9, 0));
            assertThat(ids).as("frame %d", frame).containsExactly(1L, 2L);
        }
    }

    @Test
    void whoComesToCoverTheSamePlaceAsAnOlderLostTrackEnds() {
        for (int frame = 0; frame < 5; frame++) {
            scene.frame(new Box(0, 100, 0.9, 0));
        }
        for (int frame = 0; frame < 30; frame++) {
            scene.frame(new Box(0, 100, 0.9, 0), new Box(300 - 10 * frame, 104, 0.9, 0));
        }

        assertThat(scene.frame(new Box(0, 104, 0.9, 0))).containsExactly((Long) null);
        assertThat(scene.events()).containsExactly("LOST 1", "ENDED 2");

        assertThat(scene.frame(new Box(0, 102, 0.9, 0))).containsExactly(1L);
        assertThat(scene.events()).containsExactly("RECOVERED 1");
    }

    @Test
    void aLostTrackWhosePlaceAnOlderOneComesToCoverEnds() {
        scene.frame(new Box(300, 104, 0.9, 0));
        for (int frame = 1; frame < 30; frame++) {
            scene.frame(new Box(0, 100, 0.9, 0), new Box(300 - 10 * frame, 104, 0.9, 0));
        }

        assertThat(scene.frame(new Box(0, 104, 0.9, 0))).containsExactly(1L);
        assertThat(scene.events()).containsExactly("LOST 2", "ENDED 2");
    }

    @Test
    void whenThereIsNoRoomTheTrackThatWasLostForLongestLeaves() {
        Scene small = new Scene(options(0.1f, 0.6f, 0.7f, 3));
        small.frame(Box.at(0, 0.9), Box.at(200, 0.9), Box.at(400, 0.9));
        small.frame(Box.at(0, 0.9), Box.at(400, 0.9));
        small.frame(Box.at(0, 0.9));

        assertThat(small.frame(Box.at(0, 0.9), Box.at(800, 0.9))).containsExactly(1L, 4L);

        assertThat(small.events()).containsExactly("displaced 2", "ENDED 2");
        assertThat(small.tracks().count()).isEqualTo(3);
    }

    @Test
    void whenThereIsNoRoomAndNoneIsLostNoTrackBegins() {
        Scene small = new Scene(options(0.1f, 0.6f, 0.7f, 2));

        assertThat(small.frame(Box.at(0, 0.9), Box.at(200, 0.9), Box.at(400, 0.9)))
                .containsExactly(1L, 2L, null);
        assertThat(small.events()).contains("refused 2");
    }

    @Test
    void afterARestartIdsGoOnAndTracksAreConfirmedAtOnce() {
        scene.frame(Box.at(0, 0.9));
        scene.tracks().restart((change, track) -> {});

        assertThat(scene.frame(Box.at(0, 0.9))).containsExactly(2L);
        assertThat(scene.track(0).phase()).isEqualTo(TrackPhase.CONFIRMED);
    }

    @Property(tries = 40)
    void whateverComesIdsAreUniqueAndTheSameAgain(@ForAll long seed) {
        ByteTrackOptions options = options(0.1f, 0.5f, 0.5f, 20);

        List<List<Long>> ids = play(options, seed);

        assertThat(play(options, seed)).isEqualTo(ids);
        Set<Long> seen = new HashSet<>();
        long highest = 0;
        for (List<Long> frame : ids) {
            List<Long> named = frame.stream().filter(Objects::nonNull).sorted().toList();
            assertThat(named).doesNotHaveDuplicates();
            for (Long id : named) {
                if (seen.add(id)) {
                    assertThat(id).as("a new id").isGreaterThan(highest);
                    highest = id;
                }
            }
        }
        assertThat(highest).isGreaterThan(20);
    }

    /** Many objects in a small place, irregular frames, all scores. */
    private static List<List<Long>> play(ByteTrackOptions options, long seed) {
        Random random = new Random(seed);
        Scene busy = new Scene(options);
        List<List<Long>> ids = new ArrayList<>();
        for (int frame = 0; frame < 60; frame++) {
            Box[] boxes = new Box[random.nextInt(30)];
            for (int i = 0; i < boxes.length; i++) {
                boxes[i] =
                        new Box(
                                random.nextInt(300),
                                random.nextInt(300),
                                random.nextDouble(),
                                random.nextInt(2));
            }
            ids.add(busy.frameAfter(1 + random.nextInt(3) / 2, boxes));
            assertThat(busy.tracks().count()).isLessThanOrEqualTo(options.maxTargetsPerStream());
        }
        return ids;
    }

    private static ByteTrackOptions options(float low, float high, float newTrack, int targets) {
        return new ByteTrackOptions(
                high, low, newTrack, BUFFER, 0.8f, 0.5f, 0.7f, true, 0.15f, targets);
    }
}
