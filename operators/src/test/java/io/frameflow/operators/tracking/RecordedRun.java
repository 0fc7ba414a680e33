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
package io.frameflow.operators.tracking;

import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.StageDurations;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.codec.RecordCodec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a job in this process has sent on so far. What a restored job sends again must be what was
 * sent before, and counts once.
 */
final class RecordedRun {
    private final Map<String, FrameDetections> results = new TreeMap<>();
    private final Map<String, Set<TrackEvent>> events = new TreeMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private int repeated;

    synchronized void add(FrameDetections sent) {
        FrameDetections result = RecordCodec.forFrameDetections().copy(sent);
        result.setDurations(new StageDurations());
        String frame =
                "%s %s %06d".formatted(sent.getCameraId(), sent.getSession(), sent.getSequence());
        FrameDetections before = results.put(frame, result);
        if (before != null) {
            repeated++;
            if (!before.equals(result)) {
                contradictions.add(before + " and then " + result);
            }
        }
    }

    synchronized void add(TrackEvent event) {
        events.computeIfAbsent(event.getCameraId(), any -> new LinkedHashSet<>()).add(event);
    }

    /** Results by camera, session and sequence, without durations. */
    synchronized Map<String, FrameDetections> results() {
        return Map.copyOf(results);
    }

    /** Events of each camera in their order. */
    synchronized Map<String, List<TrackEvent>> events() {
        Map<String, List<TrackEvent>> copy = new TreeMap<>();
        events.forEach((camera, ofCamera) -> copy.put(camera, List.copyOf(ofCamera)));
        return copy;
    }

    /** Frames that were sent on twice and not in the same way. */
    synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    /** Frames that were sent on again. */
    synchronized int repeated() {
        return repeated;
    }

    synchronized int count() {
        return results.size();
    }
}
