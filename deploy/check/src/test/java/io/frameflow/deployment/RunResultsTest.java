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

import static io.frameflow.deployment.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunResultsTest {

    @Test
    void theSameEventsInTheSameOrderAreNoDifference() {
        RunResults run = run(event(TrackEventType.CONFIRMED, 1), event(TrackEventType.LOST, 1));

        assertThat(run.differencesFrom(run)).isEmpty();
    }

    @Test
    void aRunThatIsOverMayHaveEndedMoreTracks() {
        RunResults open = run(event(TrackEventType.CONFIRMED, 1));
        RunResults over = run(event(TrackEventType.CONFIRMED, 1), event(TrackEventType.ENDED, 1));

        assertThat(open.differencesFrom(over)).isEmpty();
        assertThat(over.differencesFrom(open)).isEmpty();
    }

    @Test
    void anyOtherEventOfOneRunOnlyIsADifference() {
        RunResults shorter = run(event(TrackEventType.CONFIRMED, 1));
        RunResults longer =
                run(event(TrackEventType.CONFIRMED, 1), event(TrackEventType.CONFIRMED, 2));

        assertThat(shorter.differencesFrom(longer)).hasSize(1);
        assertThat(longer.differencesFrom(shorter)).hasSize(1);
    }

    @Test
    void anotherOrderIsADifference() {
        TrackEvent first = event(TrackEventType.CONFIRMED, 1);
        TrackEvent second = event(TrackEventType.CONFIRMED, 2);

        assertThat(run(first, second).differencesFrom(run(second, first))).hasSize(2);
    }

    @Test
    void aCameraOfOneRunOnlyIsADifference() {
        RunResults without = new RunResults(new DeliveryLedger(), Map.of());

        assertThat(without.differencesFrom(run(event(TrackEventType.CONFIRMED, 1)))).hasSize(1);
    }

    private static RunResults run(TrackEvent... events) {
        return new RunResults(new DeliveryLedger(), Map.of("north", List.of(events)));
    }
}
