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
package io.frameflow.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a demonstration showed.
 *
 * @param framesIn frames that Kafka took from the cameras
 * @param framesOut frames that have a result
 * @param duplicates results beyond the first of a frame
 * @param deadLetters frames that could not be examined
 * @param objects objects that were found
 * @param tracks tracks that were confirmed
 * @param duration from the first frame in to the last frame out
 * @param latencyMillis percentile to time from publishing a frame until its result was read, in
 *     milliseconds
 * @param files what was left behind, by what it is
 */
public record DemoReport(
        long framesIn,
        long framesOut,
        long duplicates,
        long deadLetters,
        long objects,
        long tracks,
        Duration duration,
        Map<Integer, Double> latencyMillis,
        Map<String, Path> files) {

    /** Whether each frame came out with a result, once. */
    public boolean isComplete() {
        return framesIn > 0 && framesOut == framesIn && duplicates == 0 && deadLetters == 0;
    }

    /** Lines for the console. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("frames in", framesIn));
        lines.add(line("frames out", framesOut));
        if (duplicates > 0) {
            lines.add(line("results too many", duplicates));
        }
        lines.add(line("dead letters", deadLetters));
        lines.add(line("objects", objects));
        lines.add(line("tracks", tracks));
        double perSecond = framesOut / (duration.toMillis() / 1000.0);
        lines.add(text("throughput", String.format(Locale.ROOT, "%.1f frames/s", perSecond)));
        latencyMillis.forEach(
                (percent, millis) ->
                        lines.add(
                                text(
                                        "latency p" + percent,
                                        String.format(
                                                Locale.ROOT,
                                                "%.0f ms, publish to result",
                                                millis))));
        files.forEach((name, file) -> lines.add(text(name, file.toString())));
        return lines;
    }

    private static String line(String name, long value) {
        return text(name, String.format(Locale.ROOT, "%,d", value));
    }

    private static String text(String name, String value) {
        return String.format("%-18s %s", name, value);
    }
}
