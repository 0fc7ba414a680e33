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
package io.frameflow.cli.view.board;

import io.frameflow.schema.StageDurations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** How fast results of a camera come, and where their time goes, over the last few of them. */
final class Figures {
    private static final int WINDOW = 256;
    private static final long RATE_MILLIS = 5000;

    /** How much the newest frame counts in the means of stages: they follow within a second. */
    private static final double SHARE = 0.1;

    private final long[] arrivals = new long[WINDOW];
    private final long[] latencies = new long[WINDOW];
    private long count;
    private final Map<String, Double> stages = new LinkedHashMap<>();

    /**
     * A result.
     *
     * @param writtenMillis when it was written to its topic, since 1970-01-01T00:00:00Z
     * @param captureTimeMicros when its frame was captured
     */
    void add(StageDurations durations, long writtenMillis, long captureTimeMicros, long nowMillis) {
        int at = (int) (count++ % WINDOW);
        arrivals[at] = nowMillis;
        latencies[at] = writtenMillis - captureTimeMicros / 1000;
        stage("queue", durations.getQueueUs());
        stage("decode", durations.getDecodeUs());
        stage("denoise", durations.getDenoiseUs());
        stage("preprocess", durations.getPreprocessUs());
        stage("inference", durations.getInferenceUs());
        stage("postprocess", durations.getPostprocessUs());
        stage("tracking", durations.getTrackingUs());
    }

    private void stage(String name, long micros) {
        stages.merge(name, (double) micros, (mean, newest) -> mean + SHARE * (newest - mean));
    }

    /** Results a second. */
    double rate(long nowMillis) {
        int kept = (int) Math.min(count, WINDOW);
        int recent = 0;
        long oldest = nowMillis;
        for (int i = 0; i < kept; i++) {
            if (nowMillis - arrivals[i] < RATE_MILLIS) {
                recent++;
                oldest = Math.min(oldest, arrivals[i]);
            }
        }
        // The ring may hold less than the whole time, and the camera may have begun just now.
        long span = recent == WINDOW ? Math.max(1, nowMillis - oldest) : RATE_MILLIS;
        return 1000.0 * recent / span;
    }

    /** From capture to result in milliseconds: the given share of results took no longer. */
    long latencyMillis(double share) {
        int kept = (int) Math.min(count, WINDOW);
        if (kept == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(latencies, kept);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(kept - 1, Math.floor(share * kept))];
    }

    /** Mean time of each stage in microseconds, in the order of the stages. */
    Map<String, Double> stages() {
        return new LinkedHashMap<>(stages);
    }
}
