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

import io.frameflow.operators.tracking.binary.BinaryWriter;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes, no tracker fails and its state stays bounded. */
class NonsenseTest {
    private static final int BOXES = 1_000;
    private static final int LARGEST_STATE = 150 * 260;
    private static final float[] ODD = {
        0, -1, 1e-30f, 1e6f, -1e6f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, 40
    };

    @Property(tries = 100)
    void oddNumbersAreLeftOutOrTracked(@ForAll TrackerKind kind, @ForAll long seed) {
        Random random = new Random(seed);
        Tracker tracker = kind.options(Map.of()).newTracker();
        TrackSet tracks = new TrackSet();
        Observations frame = new Observations();
        for (int round = 0; round < 40; round++) {
            frame.begin(random.nextLong());
            for (int i = 0; i < 20; i++) {
                float left = odd(random);
                float top = odd(random);
                float width = odd(random);
                float height = odd(random);
                float score = odd(random);
                if (Observations.isUsable(left, top, width, height, score, i % 3)) {
                    frame.add(left, top, width, height, score, i % 3, "odd");
                }
            }
            tracker.advance(tracks, 1 + random.nextInt(3), (change, track) -> {});
            tracker.update(tracks, frame, (change, track) -> {});
            for (int i = 0; i < tracks.count(); i++) {
                assertThat(tracks.track(i).estimatedLeft()).isFinite();
                assertThat(tracks.track(i).estimatedHeight()).isFinite();
            }
        }
        assertThat(size(tracks)).isLessThan(LARGEST_STATE);
    }

    @ParameterizedTest
    @EnumSource(TrackerKind.class)
    void crowdsDoNotMakeTheStateGrow(TrackerKind kind) {
        Random random = new Random(7);
        Tracker tracker = kind.options(Map.of()).newTracker();
        TrackSet tracks = new TrackSet();
        Observations frame = new Observations();
        RefusalCounter listener = new RefusalCounter();
        for (int round = 0; round < 5; round++) {
            frame.begin(round);
            for (int i = 0; i < BOXES; i++) {
                frame.add(random.nextInt(4000), random.nextInt(4000), 40, 80, 0.9f, 0, "person");
            }
            tracker.advance(tracks, 1, (change, track) -> {});
            tracker.update(tracks, frame, listener);
            assertThat(tracks.count()).isLessThanOrEqualTo(150);
        }

        assertThat(size(tracks)).isLessThan(LARGEST_STATE);
        assertThat(listener.refused).isGreaterThan(BOXES / 2);
    }

    private static final class RefusalCounter implements TrackListener {
        private int refused;

        @Override
        public void onChange(TrackChange change, Track track) {}

        @Override
        public void onRefused(int detection) {
            refused++;
        }
    }

    private static float odd(Random random) {
        return ODD[random.nextInt(ODD.length)];
    }

    private static int size(TrackSet tracks) {
        BinaryWriter writer = new BinaryWriter();
        new TrackSetFormat().write(tracks, writer);
        return writer.size();
    }
}
