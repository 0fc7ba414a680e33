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
package io.frameflow.cli.evaluate.denoise;

import io.frameflow.cli.motchallenge.MotChallengeRow;
import io.frameflow.geometry.BoxOverlap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How seldom tracks break, where objects that are not followed at all count as broken, too: the
 * figures of CLEAR MOT count interruptions, of which an object that is never found has none.
 */
final class TrackContinuity {
    /** A box that overlaps with an object by less does not follow it. */
    static final float LEAST_OVERLAP = 0.5f;

    private record Pair(long object, long follower, float overlap) {}

    private TrackContinuity() {}

    /**
     * The percentage of steps from one frame to the next of the objects in which the same follower
     * is on the object in both frames; 100 if there are no steps.
     */
    static double percent(List<MotChallengeRow> objects, List<MotChallengeRow> followers) {
        Map<Integer, List<MotChallengeRow>> objectsOf = byFrame(objects);
        Map<Integer, List<MotChallengeRow>> followersOf = byFrame(followers);
        long steps = 0;
        long kept = 0;
        for (int frame : objectsOf.keySet()) {
            List<MotChallengeRow> next = objectsOf.getOrDefault(frame + 1, List.of());
            Map<Long, Long> now = follow(objectsOf.get(frame), followersOf.get(frame));
            Map<Long, Long> then = follow(next, followersOf.get(frame + 1));
            Set<Long> here = new HashSet<>();
            objectsOf.getOrDefault(frame, List.of()).forEach(row -> here.add(row.id()));
            for (MotChallengeRow row : next) {
                if (here.contains(row.id())) {
                    steps++;
                    Long follower = now.get(row.id());
                    kept += follower != null && follower.equals(then.get(row.id())) ? 1 : 0;
                }
            }
        }
        return steps == 0 ? 100 : 100.0 * kept / steps;
    }

    private static Map<Integer, List<MotChallengeRow>> byFrame(List<MotChallengeRow> rows) {
        Map<Integer, List<MotChallengeRow>> frames = new HashMap<>();
        rows.forEach(row -> frames.computeIfAbsent(row.frame(), f -> new ArrayList<>()).add(row));
        return frames;
    }

    /** The follower of each object of a frame, the greatest overlap first. */
    private static Map<Long, Long> follow(
            @Nullable List<MotChallengeRow> objects, @Nullable List<MotChallengeRow> followers) {
        List<Pair> pairs = new ArrayList<>();
        if (objects != null && followers != null) {
            for (MotChallengeRow object : objects) {
                for (MotChallengeRow follower : followers) {
                    pairs.add(new Pair(object.id(), follower.id(), overlap(object, follower)));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::overlap).reversed());
        Map<Long, Long> followerOf = new HashMap<>();
        Set<Long> taken = new HashSet<>();
        for (Pair pair : pairs) {
            if (pair.overlap >= LEAST_OVERLAP
                    && !followerOf.containsKey(pair.object)
                    && taken.add(pair.follower)) {
                followerOf.put(pair.object, pair.follower);
            }
        }
        return followerOf;
    }

    private static float overlap(MotChallengeRow a, MotChallengeRow b) {
        return BoxOverlap.iou(
                (float) a.left(),
                (float) a.top(),
                (float) (a.left() + a.width()),
                (float) (a.top() + a.height()),
                (float) b.left(),
                (float) b.top(),
                (float) (b.left() + b.width()),
                (float) (b.top() + b.height()));
    }
}
