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
package io.frameflow.nms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The suppression against the definition, written down as plainly as possible. */
class GreedyNmsPropertyTest {

    record Box(float left, float top, float width, float height, float score, int classId) {}

    @Property
    void equalsTheDefinition(
            @ForAll("boxes") List<Box> boxes,
            @ForAll @IntRange(max = 10) int tenths,
            @ForAll @IntRange(min = 1, max = 50) int topk,
            @ForAll boolean agnostic) {
        float threshold = tenths / 10f;

        int[] selected = new GreedyNms(1000).select(candidates(boxes), threshold, topk, agnostic);

        assertThat(selected).containsExactly(definition(boxes, threshold, topk, agnostic));
    }

    @Property
    void changesNothingTheSecondTime(@ForAll("boxes") List<Box> boxes) {
        GreedyNms nms = new GreedyNms(1000);
        int[] selected = nms.select(candidates(boxes), 0.5f, 1000, false);
        List<Box> survivors = IntStream.of(selected).mapToObj(boxes::get).toList();

        assertThat(nms.select(candidates(survivors), 0.5f, 1000, false))
                .containsExactly(IntStream.range(0, survivors.size()).toArray());
    }

    /** Few different places, sizes and scores, so that ties and overlaps are the rule. */
    @Provide
    Arbitrary<List<Box>> boxes() {
        Arbitrary<Float> place = Arbitraries.integers().between(-3, 12).map(i -> i * 2.5f);
        Arbitrary<Float> size = Arbitraries.integers().between(0, 6).map(i -> i * 3f);
        Arbitrary<Float> score = Arbitraries.integers().between(0, 8).map(i -> i / 8f);
        Arbitrary<Integer> classId = Arbitraries.integers().between(0, 2);
        return Combinators.combine(place, place, size, size, score, classId)
                .as(Box::new)
                .list()
                .ofMaxSize(60);
    }

    private static Candidates candidates(List<Box> boxes) {
        Candidates candidates = new Candidates(1);
        for (Box b : boxes) {
            candidates.add(
                    candidates.count(),
                    b.left,
                    b.top,
                    b.left + b.width,
                    b.top + b.height,
                    b.score,
                    b.classId);
        }
        return candidates;
    }

    private static int[] definition(List<Box> boxes, float threshold, int topk, boolean agnostic) {
        List<Integer> left =
                new ArrayList<>(
                        IntStream.range(0, boxes.size())
                                .boxed()
                                .sorted(Comparator.comparing((Integer i) -> -boxes.get(i).score))
                                .toList());
        List<Integer> kept = new ArrayList<>();
        while (!left.isEmpty() && kept.size() < topk) {
            Box best = boxes.get(left.get(0));
            kept.add(left.remove(0));
            left.removeIf(
                    i ->
                            (agnostic || boxes.get(i).classId == best.classId)
                                    && iou(best, boxes.get(i)) > threshold);
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Sums and products of these small numbers are exact; the quotient is rounded once. */
    private static float iou(Box a, Box b) {
        double width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
        double height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        float both = (float) (width * height);
        return both / (a.width * a.height + b.width * b.height - both);
    }
}
