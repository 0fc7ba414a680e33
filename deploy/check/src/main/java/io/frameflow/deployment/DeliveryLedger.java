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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sets what was published against what was delivered: each message of the frames topic must have
 * exactly one outcome, and that of a readable frame must name it.
 *
 * <p>Not thread-safe.
 */
final class DeliveryLedger {
    private final Map<MessagePosition, @Nullable FrameId> published = new TreeMap<>();
    private final Map<MessagePosition, List<Outcome>> delivered = new TreeMap<>();

    /**
     * Notes a message of the frames topic.
     *
     * @param frame what it holds; null where it holds no frame
     */
    void published(MessagePosition position, @Nullable FrameId frame) {
        published.put(position, frame);
    }

    /** Notes a record of the detections or dead letters topic. */
    void delivered(Outcome outcome) {
        delivered.computeIfAbsent(outcome.position(), position -> new ArrayList<>()).add(outcome);
    }

    /** Messages on the frames topic. */
    int publishedCount() {
        return published.size();
    }

    /** Frames, told apart by camera, session and sequence, on the frames topic. */
    int frameCount() {
        Set<FrameId> frames = new HashSet<>();
        published
                .values()
                .forEach(
                        frame -> {
                            if (frame != null) {
                                frames.add(frame);
                            }
                        });
        return frames.size();
    }

    /** Records on the dead letters topic. */
    int deadLetterCount() {
        return (int)
                delivered.values().stream()
                        .flatMap(List::stream)
                        .filter(Outcome::isDeadLetter)
                        .count();
    }

    /** Everything that is wrong, in the order of the messages; empty if all is well. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        published.forEach((position, frame) -> addProblem(problems, position, frame));
        delivered.keySet().stream()
                .filter(position -> !published.containsKey(position))
                .forEach(position -> problems.add("delivered but never published: " + position));
        return problems;
    }

    private void addProblem(
            List<String> problems, MessagePosition position, @Nullable FrameId frame) {
        String name = (frame == null ? "a message without a frame" : frame) + ", " + position;
        List<Outcome> outcomes = delivered.getOrDefault(position, List.of());
        if (outcomes.isEmpty()) {
            problems.add("lost: " + name);
        } else if (outcomes.size() > 1) {
            problems.add("delivered " + outcomes.size() + " times: " + name);
        } else if (frame == null && !outcomes.get(0).isDeadLetter()) {
            problems.add("no frame, but not among the dead letters: " + name);
        } else if (frame != null && !frame.equals(outcomes.get(0).frame())) {
            problems.add("delivered as " + outcomes.get(0).frame() + ": " + name);
        }
    }

    /**
     * Everything in which this run's outcomes differ from those of another run over the same
     * messages. Outcomes that only one of them has are {@link #problems()} and not named again.
     */
    List<String> differencesFrom(DeliveryLedger other) {
        List<String> differences = new ArrayList<>();
        delivered.forEach(
                (position, outcomes) -> {
                    List<Outcome> others = other.delivered.getOrDefault(position, List.of());
                    if (outcomes.size() == 1
                            && others.size() == 1
                            && !outcomes.get(0).content().equals(others.get(0).content())) {
                        differences.add(
                                position
                                        + ": "
                                        + outcomes.get(0).content()
                                        + " here, but "
                                        + others.get(0).content());
                    }
                });
        return differences;
    }
}
