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
package io.frameflow.cli.evaluate.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Results of one category in one image, matched with the objects there.
 *
 * <p>At each threshold the results, best score first, each take the object that is most like them,
 * if it is at least as alike as the threshold and not taken yet; a crowd may be taken many times.
 * Objects that count go before those that are ignored. A result that takes an ignored object is
 * ignored itself, and so is one that takes nothing and is not of the sizes in question.
 */
final class ImageMatching {
    private static final double HIGHEST_THRESHOLD = 1 - 1e-10;

    private final EvaluationKind kind;
    private final List<ResultObject> results;
    private final List<TruthObject> objects;
    private final double[][] similarities;

    /**
     * Compares all results with all objects.
     *
     * @param mostResults how many results count, the best ones
     * @param results of one category in one image, in the file's order
     * @param objects of the same category in the same image, in the file's order
     */
    ImageMatching(
            EvaluationKind kind,
            int mostResults,
            List<ResultObject> results,
            List<TruthObject> objects) {
        this.kind = kind;
        this.objects = objects;
        this.results =
                results.stream()
                        .sorted(Comparator.comparingDouble(ResultObject::score).reversed())
                        .limit(mostResults)
                        .toList();
        Similarity similarity = kind.similarity();
        similarities = new double[this.results.size()][objects.size()];
        for (int r = 0; r < this.results.size(); r++) {
            for (int o = 0; o < objects.size(); o++) {
                similarities[r][o] = similarity.of(this.results.get(r), objects.get(o));
            }
        }
    }

    /**
     * What became of the results, for objects of some sizes.
     *
     * @param scores of the results, the best first
     * @param verdicts for each threshold and result
     * @param countingObjects objects that are to be found
     */
    record Outcome(List<Double> scores, List<List<Verdict>> verdicts, int countingObjects) {}

    /** What a result is. */
    enum Verdict {
        /** It is an object that counts. */
        RIGHT,
        /** It is nothing. */
        WRONG,
        /** It does not count. */
        IGNORED
    }

    /** Matches at each threshold. */
    Outcome match(AreaRange range, double[] thresholds) {
        boolean[] ignored = new boolean[objects.size()];
        List<Integer> order = new ArrayList<>();
        List<Integer> last = new ArrayList<>();
        for (int o = 0; o < ignored.length; o++) {
            TruthObject object = objects.get(o);
            ignored[o] = kind.leavesOut().test(object) || !range.contains(object.area());
            (ignored[o] ? last : order).add(o);
        }
        int counting = order.size();
        order.addAll(last);
        List<List<Verdict>> verdicts = new ArrayList<>();
        for (double threshold : thresholds) {
            verdicts.add(match(range, Math.min(threshold, HIGHEST_THRESHOLD), order, ignored));
        }
        return new Outcome(results.stream().map(ResultObject::score).toList(), verdicts, counting);
    }

    private List<Verdict> match(
            AreaRange range, double threshold, List<Integer> order, boolean[] ignored) {
        boolean[] taken = new boolean[ignored.length];
        List<Verdict> verdicts = new ArrayList<>(results.size());
        for (int r = 0; r < results.size(); r++) {
            int object = mostAlike(r, threshold, order, ignored, taken);
            if (object >= 0) {
                taken[object] = true;
                verdicts.add(ignored[object] ? Verdict.IGNORED : Verdict.RIGHT);
            } else {
                boolean counts = range.contains(kind.area(results.get(r)));
                verdicts.add(counts ? Verdict.WRONG : Verdict.IGNORED);
            }
        }
        return verdicts;
    }

    /** The object that a result takes, of equals the last; -1 for none. */
    private int mostAlike(
            int result, double threshold, List<Integer> order, boolean[] ignored, boolean[] taken) {
        double best = threshold;
        int found = -1;
        for (int object : order) {
            if (taken[object] && !objects.get(object).crowd()) {
                continue;
            }
            if (found >= 0 && !ignored[found] && ignored[object]) {
                return found;
            }
            if (similarities[result][object] >= best) {
                best = similarities[result][object];
                found = object;
            }
        }
        return found;
    }
}
