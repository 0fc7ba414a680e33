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
import org.junit.jupiter.api.Test;

/** Rules of SORT and OC-SORT that others do not have. */
class SortTest {
    private static final SortOptions OPTIONS = new SortOptions(2, 3, 0.3f, 100);

    private final Scene scene = new Scene(OPTIONS);

    @Test
    void inTheFirstFramesTracksAreConfirmedAtOnce() {
        for (int frame = 0; frame < 3; frame++) {
            scene.frame(Box.at(200 * frame, 0.9));
            assertThat(scene.events()).contains("CONFIRMED " + (frame + 1));
        }

        scene.frame(Box.at(600, 0.9));
        assertThat(scene.track(0).phase()).isEqualTo(TrackPhase.TENTATIVE);
    }

    @Test
    void laterATrackIsConfirmedByThreeFurtherDetectionsInARow() {
        skipOpening();

        for (int frame = 0; frame < 3; frame++) {
            scene.frame(Box.at(frame, 0.9));
            assertThat(scene.track(0).phase()).isEqualTo(TrackPhase.TENTATIVE);
        }
        scene.frame(Box.at(3, 0.9));
        assertThat(scene.events()).containsExactly("CONFIRMED 1");
    }

    @Test
    void aTrackThatIsNotSureYetOutlivesAMiss() {
        skipOpening();
        scene.frame(Box.at(0, 0.9));
        scene.frame();

        assertThat(scene.frame(Box.at(0, 0.9))).containsExactly(1L);
        scene.frame(Box.at(0, 0.9));
        assertThat(scene.events()).as("counted from the miss on").isEmpty();
        scene.frame(Box.at(0, 0.9));
        assertThat(scene.events()).containsExactly("CONFIRMED 1");
    }

    @Test
    void aLostTrackMustBecomeSureAgain() {
        for (int frame = 0; frame < 10; frame++) {
            scene.frame(Box.at(0, 0.9));
        }
        scene.frame();
        assertThat(scene.events()).containsExactly("LOST 1");

        scene.frame(Box.at(0, 0.9));
        assertThat(scene.track(0).phase()).isEqualTo(TrackPhase.TENTATIVE);
        scene.frame();
        assertThat(scene.events()).as("lost was told before").isEmpty();
        for (int frame = 0; frame < 2; frame++) {
            scene.frame(Box.at(0, 0.9));
            assertThat(scene.events()).isEmpty();
        }
        scene.frame(Box.at(0, 0.9));
        assertThat(scene.events()).containsExactly("RECOVERED 1");
    }

    @Test
    void aTrackEndsWhenItsAgeIsOver() {
        scene.frame(Box.at(0, 0.9));
        scene.frame();
        scene.frame();
        assertThat(scene.tracks().count()).isEqualTo(1);

        scene.frame();

        assertThat(scene.events()).containsExactly("ENDED 1");
    }

    @Test
    void anObjectThatStoppedWhileItWasHiddenIsFoundWhereItWasSeenLast() {
        Scene observing = new Scene(new OcSortOptions(0.6f, 30, 3, 0.3f, 3, 0.2f, 100));
        Scene predicting = new Scene(new SortOptions(30, 3, 0.3f, 100));
        for (int frame = 0; frame < 20; frame++) {
            observing.frame(Box.at(8 * frame, 0.9));
            predicting.frame(Box.at(8 * frame, 0.9));
        }
        for (int frame = 0; frame < 8; frame++) {
            observing.frame();
            predicting.frame();
        }

        assertThat(observing.frame(Box.at(8 * 19, 0.9))).containsExactly(1L);
        assertThat(predicting.frame(Box.at(8 * 19, 0.9))).containsExactly(2L);
    }

    @Test
    void whoIsFoundAgainHasTheVelocityOfTheStraightWay() {
        Scene updating = new Scene(new OcSortOptions(0.6f, 30, 3, 0.3f, 3, 0.2f, 100));
        for (int frame = 0; frame < 20; frame++) {
            updating.frame(Box.at(4 * frame, 0.9));
        }
        for (int frame = 0; frame < 10; frame++) {
            updating.frame();
        }
        double seenAt = updating.tracks().track(0).left();

        // It came back half of the way: it had slowed down to 1 pixel a frame or so.
        updating.frame(Box.at(seenAt + 11, 0.9));
        updating.frame();

        assertThat(updating.tracks().track(0).estimatedLeft() - seenAt - 11).isBetween(-1.0, 3.0);
    }

    @Test
    void whereTwoFitAlikeTheDirectionDecides() {
        Scene keeping =
                new Scene(
                        new CombinedOptions(0.6f, 0.1f, 0.7f, 30, 0.1f, 0.5f, 0.3f, 3, 0.9f, 100));
        for (int frame = 0; frame < 20; frame++) {
            keeping.frame(new Box(2 * frame, 100, 0.9, 0));
        }

        // Expected at 40: one is as far ahead as the other is behind, a little less even.
        assertThat(keeping.frame(new Box(33, 100, 0.9, 0), new Box(48, 100, 0.9, 0)))
                .containsExactly(2L, 1L);
    }

    private void skipOpening() {
        for (int frame = 0; frame < 3; frame++) {
            scene.frame();
        }
    }
}
