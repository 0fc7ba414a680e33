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

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What trackers allocate once they have seen their fullest frame. */
class TrackerAllocationTest {
    private static final int WARM_UP = 3_000;
    private static final int FRAMES = 3_000;
    private static final int OBJECTS = 30;

    /** Less than the smallest object would take that was made once a frame. */
    private static final long MOST_BYTES_PER_FRAME = 8;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final TrackSet tracks = new TrackSet();
    private final Observations observations = new Observations();

    @ParameterizedTest
    @EnumSource(TrackerKind.class)
    void isNothingPerFrame(TrackerKind kind) {
        Tracker tracker = kind.options(Map.of()).newTracker();
        run(tracker, 0, WARM_UP);

        long before = threads.getCurrentThreadAllocatedBytes();
        run(tracker, WARM_UP, FRAMES);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(tracks.nextId()).as("tracks came and went").isGreaterThan(5 * OBJECTS);
        assertThat(bytes).isLessThan(MOST_BYTES_PER_FRAME * FRAMES);
    }

    /** Objects that cross the picture, are hidden now and then, and come back as others. */
    private void run(Tracker tracker, int from, int count) {
        for (int frame = from; frame < from + count; frame++) {
            observations.begin(frame * 40_000L);
            for (int object = 0; object < OBJECTS; object++) {
                int phase = (frame + 37 * object) % 300;
                if (phase < 200 && phase % 50 > 2) {
                    observations.add(
                            6 * phase, 60 * object, 40, 80, phase % 9 == 0 ? 0.3f : 0.9f, 0, "car");
                }
            }
            tracker.advance(tracks, 1, TrackerAllocationTest::ignore);
            tracker.update(tracks, observations, TrackerAllocationTest::ignore);
        }
    }

    private static void ignore(TrackChange change, Track track) {}
}
