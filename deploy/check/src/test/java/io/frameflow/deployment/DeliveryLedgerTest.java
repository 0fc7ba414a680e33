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
package io.frameflow.deployment;

import static io.frameflow.deployment.TestRecords.deadLetter;
import static io.frameflow.deployment.TestRecords.detections;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryLedgerTest {
    private static final MessagePosition FIRST = new MessagePosition(0, 0);
    private static final MessagePosition SECOND = new MessagePosition(0, 1);
    private static final MessagePosition ELSEWHERE = new MessagePosition(1, 0);

    private final DeliveryLedger ledger = new DeliveryLedger();

    @Test
    void eachMessageOnceOverDetectionsAndDeadLettersIsRight() {
        ledger.published(FIRST, frame(7));
        ledger.published(SECOND, frame(8));
        ledger.published(ELSEWHERE, null);
        ledger.delivered(Outcome.of(detections(FIRST, 7, 1, 20)));
        ledger.delivered(Outcome.of(deadLetter(SECOND, 8L)));
        ledger.delivered(Outcome.of(deadLetter(ELSEWHERE, null)));

        assertThat(ledger.problems()).isEmpty();
        assertThat(ledger.publishedCount()).isEqualTo(3);
        assertThat(ledger.frameCount()).isEqualTo(2);
        assertThat(ledger.deadLetterCount()).isEqualTo(2);
    }

    @Test
    void namesWhatIsLost() {
        ledger.published(FIRST, frame(7));
        ledger.published(SECOND, frame(8));
        ledger.delivered(Outcome.of(detections(FIRST, 7, 1, 20)));

        assertThat(ledger.problems())
                .containsExactly("lost: camera north sequence 8, partition 0 offset 1");
    }

    @Test
    void namesWhatCameTwice() {
        ledger.published(FIRST, frame(7));
        ledger.delivered(Outcome.of(detections(FIRST, 7, 1, 20)));
        ledger.delivered(Outcome.of(deadLetter(FIRST, 7L)));

        assertThat(ledger.problems())
                .containsExactly(
                        "delivered 2 times: camera north sequence 7, partition 0 offset 0");
    }

    @Test
    void namesWhatWasNeverPublished() {
        ledger.delivered(Outcome.of(detections(ELSEWHERE, 7, 1, 20)));

        assertThat(ledger.problems())
                .containsExactly("delivered but never published: partition 1 offset 0");
    }

    @Test
    void namesResultsOfAnotherFrame() {
        ledger.published(FIRST, frame(7));
        ledger.delivered(Outcome.of(detections(FIRST, 6, 1, 20)));

        assertThat(ledger.problems())
                .containsExactly(
                        "delivered as camera north sequence 6: camera north sequence 7, partition 0"
                                + " offset 0");
    }

    @Test
    void namesDamagedMessagesThatHaveDetections() {
        ledger.published(FIRST, null);
        ledger.delivered(Outcome.of(detections(FIRST, 7, 1, 20)));

        assertThat(ledger.problems())
                .containsExactly(
                        "no frame, but not among the dead letters: a message without a frame,"
                                + " partition 0 offset 0");
    }

    @Test
    void durationsMayDifferBetweenRuns() {
        DeliveryLedger other = new DeliveryLedger();
        ledger.delivered(Outcome.of(detections(FIRST, 7, 1, 20)));
        other.delivered(Outcome.of(detections(FIRST, 7, 1, 31)));

        assertThat(ledger.differencesFrom(other)).isEmpty();
    }

    @Test
    void trackIdsMayNot() {
        DeliveryLedger other = new DeliveryLedger();
        ledger.delivered(Outcome.of(detections(FIRST, 7, 1, 20)));
        other.delivered(Outcome.of(detections(FIRST, 7, 2, 20)));

        assertThat(ledger.differencesFrom(other))
                .singleElement()
                .asString()
                .startsWith("partition 0 offset 0: ")
                .contains("\"track_id\": 1", "\"track_id\": 2");
    }

    private static FrameId frame(long sequence) {
        return new FrameId("north", "morning", sequence);
    }
}
