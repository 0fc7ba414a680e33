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
package io.frameflow.operators.preview;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Chooses the frames of each camera that are shown: evenly by their capture times, and while a
 * backlog is worked off, where capture times pass in no time, no more than twice as many by the
 * clock.
 *
 * <p>Remembers so many cameras; one more makes it forget the one that was seen longest ago, whose
 * next frame is then shown at once. Used by one thread.
 */
public final class PreviewSampler {
    static final int MAX_CAMERAS = 1024;

    private final long intervalMicros;
    private final long leastNanos;
    private final LongSupplier nanoClock;
    private final Map<String, Last> cameras =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
                    return size() > MAX_CAMERAS;
                }
            };

    /** A sampler that goes by the clock of the process. */
    public PreviewSampler(Duration interval) {
        this(interval, System::nanoTime);
    }

    PreviewSampler(Duration interval, LongSupplier nanoClock) {
        this.intervalMicros = Math.max(1, interval.toNanos() / 1000);
        this.leastNanos = interval.toNanos() / 2;
        this.nanoClock = nanoClock;
    }

    /**
     * Whether a frame is to be shown. Ask once for each frame, in the order of the frames.
     *
     * @param captureTimeMicros capture time in microseconds, from any origin
     */
    public boolean choose(String cameraId, long captureTimeMicros) {
        long now = nanoClock.getAsLong();
        Last last = cameras.get(cameraId);
        if (last == null) {
            cameras.put(cameraId, new Last(captureTimeMicros, now));
            return true;
        }
        long passed = captureTimeMicros - last.dueMicros;
        // A clock that was set back begins anew.
        boolean due = passed >= intervalMicros || captureTimeMicros < last.shownMicros;
        if (!due || now - last.nanos < leastNanos) {
            return false;
        }
        // Due times keep their distance, so that 12 frames a second give 5, not 4.
        last.dueMicros =
                passed >= intervalMicros && passed < 2 * intervalMicros
                        ? last.dueMicros + intervalMicros
                        : captureTimeMicros;
        last.shownMicros = captureTimeMicros;
        last.nanos = now;
        return true;
    }

    private static final class Last {
        private long dueMicros;
        private long shownMicros;
        private long nanos;

        Last(long micros, long nanos) {
            this.dueMicros = micros;
            this.shownMicros = micros;
            this.nanos = nanos;
        }
    }
}
