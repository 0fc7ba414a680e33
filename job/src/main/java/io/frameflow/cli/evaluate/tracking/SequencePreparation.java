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
package io.frameflow.cli.evaluate.tracking;

import io.frameflow.cli.motchallenge.GroundTruthRow;
import io.frameflow.cli.motchallenge.MotChallengeRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a {@link Sequence} of ground truth and tracks by the rules of a benchmark: in each frame
 * tracked boxes are matched with all boxes of ground truth, best overlap first of all; those that
 * follow a distractor are left out, and then all objects that are not to be judged.
 */
final class SequencePreparation {
    /** A box that overlaps with an object by less does not follow it. */
    private static final double LEAST_OVERLAP = 0.5;

    private final String name;
    private final Benchmark benchmark;
    private final Matching matching = new Matching();
    private final Map<Long, Integer> objects = new HashMap<>();
    private final Map<Long, Integer> tracks = new HashMap<>();

    SequencePreparation(String name, Benchmark benchmark) {
        this.name = name;
        this.benchmark = benchmark;
    }

    /**
     * Prepares. To be called once.
     *
     * @param length number of frames, or 0 if the latest box tells
     * @throws EvaluationException if a frame lies beyond the length, an id stands twice in a frame,
     *     a box belongs to no track, or ground truth names a class that the benchmark does not have
     */
    Sequence prepare(List<GroundTruthRow> truth, List<MotChallengeRow> tracked, int length)
            throws EvaluationException {
        check(truth, tracked, length);
        Map<Integer, List<GroundTruthRow>> truthOf = new HashMap<>();
        truth.forEach(row -> truthOf.computeIfAbsent(row.frame(), f -> new ArrayList<>()).add(row));
        Map<Integer, List<MotChallengeRow>> trackedOf = new HashMap<>();
        tracked.forEach(
                row -> trackedOf.computeIfAbsent(row.frame(), f -> new ArrayList<>()).add(row));
        int latest = Math.max(latest(truthOf), latest(trackedOf));
        List<Frame> frames = new ArrayList<>();
        for (int number = 1; number <= Math.max(length, latest); number++) {
            frames.add(
                    frame(
                            truthOf.getOrDefault(number, List.of()),
                            trackedOf.getOrDefault(number, List.of())));
        }
        return new Sequence(frames, objects.size(), tracks.size());
    }

    private static int latest(Map<Integer, ?> byFrame) {
        return byFrame.keySet().stream().max(Comparator.naturalOrder()).orElse(0);
    }

    private void check(List<GroundTruthRow> truth, List<MotChallengeRow> tracked, int length)
            throws EvaluationException {
        Set<List<Long>> seen = new HashSet<>();
        for (GroundTruthRow row : truth) {
            checkFrame("ground truth", row.frame(), length);
            if (benchmark.hasClasses()
                    && (row.classId() < 1 || row.classId() > Benchmark.LAST_CLASS)) {
                throw wrong(
                        "ground truth names class %d in frame %d, %s has classes 1 to %d"
                                .formatted(
                                        row.classId(),
                                        row.frame(),
                                        benchmark,
                                        Benchmark.LAST_CLASS));
            }
            if (benchmark.isJudged(row) && !seen.add(List.of((long) row.frame(), row.id()))) {
                throw twice("ground truth", row.id(), row.frame());
            }
        }
        seen.clear();
        for (MotChallengeRow row : tracked) {
            checkFrame("the tracks", row.frame(), length);
            if (row.id() < 0) {
                throw wrong(
                        "the tracks have a box without an id in frame %d: are these detections?"
                                .formatted(row.frame()));
            }
            if (!seen.add(List.of((long) row.frame(), row.id()))) {
                throw twice("the tracks", row.id(), row.frame());
            }
        }
    }

    private void checkFrame(String what, int frame, int length) throws EvaluationException {
        if (length > 0 && frame > length) {
            throw wrong(
                    "%s have frame %d, the sequence has %d frames".formatted(what, frame, length));
        }
    }

    private EvaluationException twice(String what, long id, int frame) {
        return wrong("%s have id %d twice in frame %d".formatted(what, id, frame));
    }

    private EvaluationException wrong(String problem) {
        return new EvaluationException(name + ": " + problem);
    }

    private Frame frame(List<GroundTruthRow> truth, List<MotChallengeRow> tracked) {
        List<MotChallengeRow> judgedTracks =
                benchmark.hasClasses() ? withoutDistractors(truth, tracked) : tracked;
        List<GroundTruthRow> judged = truth.stream().filter(benchmark::isJudged).toList();
        double[] overlaps = new double[judged.size() * judgedTracks.size()];
        int next = 0;
        for (GroundTruthRow object : judged) {
            for (MotChallengeRow box : judgedTracks) {
                overlaps[next++] = overlap(object, box);
            }
        }
        return new Frame(
                judged.stream().mapToInt(row -> number(objects, row.id())).toArray(),
                judgedTracks.stream().mapToInt(row -> number(tracks, row.id())).toArray(),
                overlaps);
    }

    private static int number(Map<Long, Integer> numbers, long id) {
        int next = numbers.size();
        return numbers.computeIfAbsent(id, key -> next);
    }

    private List<MotChallengeRow> withoutDistractors(
            List<GroundTruthRow> truth, List<MotChallengeRow> tracked) {
        matching.solve(
                truth.size(),
                tracked.size(),
                (row, column) -> {
                    double overlap = overlap(truth.get(row), tracked.get(column));
                    return overlap < LEAST_OVERLAP - Matching.EPSILON ? 0 : overlap;
                });
        Set<Integer> left = new HashSet<>();
        for (int row = 0; row < truth.size(); row++) {
            if (matching.columnOf(row) != Matching.NONE
                    && benchmark.isDistractor(truth.get(row).classId())) {
                left.add(matching.columnOf(row));
            }
        }
        List<MotChallengeRow> kept = new ArrayList<>();
        for (int column = 0; column < tracked.size(); column++) {
            if (!left.contains(column)) {
                kept.add(tracked.get(column));
            }
        }
        return kept;
    }

    /** Intersection over union; 0 where a box has no area. */
    static double overlap(GroundTruthRow a, MotChallengeRow b) {
        double width =
                Math.min(a.left() + a.width(), b.left() + b.width()) - Math.max(a.left(), b.left());
        double height =
                Math.min(a.top() + a.height(), b.top() + b.height()) - Math.max(a.top(), b.top());
        double areaA = a.width() * a.height();
        double areaB = b.width() * b.height();
        if (width <= 0 || height <= 0 || areaA <= Matching.EPSILON || areaB <= Matching.EPSILON) {
            return 0;
        }
        double intersection = width * height;
        return intersection / (areaA + areaB - intersection);
    }
}
