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
package io.frameflow.job.testing;

import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a job has committed, without what differs between runs on the same frames in different
 * topics: the topic, the time of publication and the durations.
 *
 * @param results results by camera and sequence, with the track of each object
 * @param events track events of each camera, in their order
 * @param totals the latest total of each zone and line, by camera, type of event and label
 * @param deadLetters dead letters by partition and offset
 */
public record TrackedRun(
        Map<String, FrameDetections> results,
        Map<String, List<TrackEvent>> events,
        Map<String, Long> totals,
        Map<String, DeadLetter> deadLetters) {
    private static final int MOST_DIFFERENCES = 10;

    /** The run that has this outcome, whose records it changes. */
    public static TrackedRun of(Outcome outcome) {
        Map<String, FrameDetections> results = outcome.comparableDetections();
        results.values().forEach(result -> result.setSourceTopic(""));
        Map<String, DeadLetter> letters = new TreeMap<>();
        for (DeadLetter letter : outcome.deadLetters()) {
            letter.setSourceTopic("");
            letter.setSourceTimestampMs(0L);
            letters.put(letter.getSourcePartition() + "@" + letter.getSourceOffset(), letter);
        }
        Map<String, List<TrackEvent>> events = outcome.eventsByCamera();
        return new TrackedRun(results, events, totals(events), letters);
    }

    /** What differs from another run, in words; the records themselves would fill a screen each. */
    public List<String> differencesFrom(TrackedRun other) {
        List<String> differences = new ArrayList<>();
        compare("result", results, other.results, differences);
        compare("dead letter", deadLetters, other.deadLetters, differences);
        compare("total", totals, other.totals, differences);
        Set<String> cameras = new TreeSet<>(events.keySet());
        cameras.addAll(other.events.keySet());
        for (String camera : cameras) {
            compare("event of " + camera, numbered(camera), other.numbered(camera), differences);
        }
        return differences;
    }

    private Map<Integer, TrackEvent> numbered(String camera) {
        Map<Integer, TrackEvent> numbered = new TreeMap<>();
        for (TrackEvent event : events.getOrDefault(camera, List.of())) {
            numbered.put(numbered.size() + 1, event);
        }
        return numbered;
    }

    private static <K, V> void compare(
            String what, Map<K, V> here, Map<K, V> there, List<String> differences) {
        Set<K> keys = new TreeSet<>(here.keySet());
        keys.addAll(there.keySet());
        for (K key : keys) {
            V value = here.get(key);
            V expected = there.get(key);
            if (!Objects.equals(value, expected) && differences.size() < MOST_DIFFERENCES) {
                differences.add("%s %s: %s and not %s".formatted(what, key, value, expected));
            }
        }
    }

    private static Map<String, Long> totals(Map<String, List<TrackEvent>> events) {
        Map<String, Long> totals = new TreeMap<>();
        for (List<TrackEvent> ofCamera : events.values()) {
            for (TrackEvent event : ofCamera) {
                if (event.getAnalytics() != null) {
                    totals.put(
                            "%s %s %s"
                                    .formatted(
                                            event.getCameraId(),
                                            event.getType(),
                                            event.getAnalytics().getLabel()),
                            event.getAnalytics().getTotal());
                }
            }
        }
        return totals;
    }
}
