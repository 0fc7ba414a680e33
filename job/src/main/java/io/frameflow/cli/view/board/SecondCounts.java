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

import io.frameflow.schema.DetectedObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How many objects of which kind a frame had, for each of the last seconds. */
final class SecondCounts {
    static final int SECONDS = 120;

    /** Kinds that are told apart in a second; the others are counted together. */
    private static final int MAX_LABELS = 6;

    static final String OTHERS = "other";

    private final Deque<Second> seconds = new ArrayDeque<>();

    private static final class Second {
        private final long number;
        private final Map<String, Integer> counts = new HashMap<>();
        private int frames;

        Second(long number) {
            this.number = number;
        }

        private void add(String label) {
            boolean told = counts.containsKey(label) || counts.size() < MAX_LABELS;
            counts.merge(told ? label : OTHERS, 1, Integer::sum);
        }
    }

    /**
     * Objects of a frame over time.
     *
     * @param lastSecond number of the last second, since 1970-01-01T00:00:00Z
     * @param labels kinds of objects, in the order of their names
     * @param counts for each of the last {@link #SECONDS} seconds, the oldest first: mean number of
     *     objects a frame of each kind; no numbers where there was no frame
     */
    record History(long lastSecond, List<String> labels, List<List<Float>> counts) {}

    void add(List<DetectedObject> objects, long nowMillis) {
        long number = nowMillis / 1000;
        Second last = seconds.peekLast();
        if (last == null || last.number != number) {
            last = new Second(number);
            seconds.add(last);
        }
        last.frames++;
        for (DetectedObject object : objects) {
            last.add(object.getLabel());
        }
        forget(number);
    }

    History history(long nowMillis) {
        long lastSecond = nowMillis / 1000;
        forget(lastSecond);
        Map<Long, Second> byNumber = new HashMap<>();
        Set<String> names = new TreeSet<>();
        for (Second second : seconds) {
            byNumber.put(second.number, second);
            names.addAll(second.counts.keySet());
        }
        List<String> labels = new ArrayList<>(names).subList(0, Math.min(names.size(), 12));
        List<List<Float>> counts = new ArrayList<>(SECONDS);
        for (long number = lastSecond - SECONDS + 1; number <= lastSecond; number++) {
            counts.add(means(byNumber.get(number), labels));
        }
        return new History(lastSecond, List.copyOf(labels), counts);
    }

    private static List<Float> means(@Nullable Second second, List<String> labels) {
        if (second == null) {
            return List.of();
        }
        return labels.stream()
                .map(label -> second.counts.getOrDefault(label, 0) / (float) second.frames)
                .toList();
    }

    private void forget(long number) {
        while (!seconds.isEmpty() && seconds.element().number <= number - SECONDS) {
            seconds.remove();
        }
    }
}
