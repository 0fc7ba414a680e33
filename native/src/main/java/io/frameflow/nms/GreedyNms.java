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

import io.frameflow.geometry.BoxOverlap;
import java.util.Arrays;

/**
 * Greedy non-maximum suppression: the candidates are taken from the best score downwards, and one
 * is kept unless it overlaps one that is kept already. It takes {@code n log n + kept * n} steps
 * and allocates nothing for a candidate.
 *
 * <p>The rules, which the GPU's kernel shares:
 *
 * <ul>
 *   <li>A candidate gives way if the intersection over union with a kept one is greater than the
 *       threshold, as in torchvision and ONNX; equal is not enough. (TensorRT's EfficientNMS plugin
 *       suppresses at equality too.)
 *   <li>A candidate that gave way suppresses nothing.
 *   <li>Of equal scores, the one that was added first counts as better, so that the same candidates
 *       always give the same result.
 *   <li>Boxes without area, or with corners the wrong way round, overlap nothing.
 *   <li>A score that is not a number is never kept; a coordinate that is none overlaps nothing.
 *   <li>Only the best {@code mostCandidates} take part.
 * </ul>
 *
 * <p>Not thread-safe: it keeps its memory for the next frame.
 */
public final class GreedyNms {
    private final int mostCandidates;
    private long[] keys = {};
    private float[] keptAreas = {};

    /**
     * A suppression with a limit.
     *
     * @param mostCandidates best candidates of a frame that take part, at least 1
     */
    public GreedyNms(int mostCandidates) {
        if (mostCandidates < 1) {
            throw new IllegalArgumentException("at least 1 candidate, not " + mostCandidates);
        }
        this.mostCandidates = mostCandidates;
    }

    /**
     * Selects the candidates to keep.
     *
     * @param candidates the boxes of one frame
     * @param iouThreshold a candidate that overlaps a kept one by more is left out
     * @param topk most candidates to keep, the best ones of all classes, at least 1
     * @param classAgnostic whether candidates of different classes suppress each other
     * @return indexes of the kept candidates, the best one first
     */
    public int[] select(
            Candidates candidates, float iouThreshold, int topk, boolean classAgnostic) {
        int sorted = sort(candidates);
        int[] kept = new int[Math.min(topk, sorted)];
        if (keptAreas.length < kept.length) {
            keptAreas = new float[kept.length];
        }
        int count = 0;
        for (int i = 0; i < sorted && count < kept.length; i++) {
            int index = (int) keys[i];
            float area = area(candidates, index);
            if (!suppressed(candidates, index, area, kept, count, iouThreshold, classAgnostic)) {
                keptAreas[count] = area;
                kept[count++] = index;
            }
        }
        return count == kept.length ? kept : Arrays.copyOf(kept, count);
    }

    /** Fills {@link #keys}, the best first; returns how many take part. */
    private int sort(Candidates candidates) {
        int count = candidates.count();
        if (keys.length < count) {
            keys = new long[Math.max(count, 2 * keys.length)];
        }
        int filled = 0;
        for (int i = 0; i < count; i++) {
            float score = candidates.score(i);
            if (!Float.isNaN(score)) {
                keys[filled++] = key(score, i);
            }
        }
        Arrays.sort(keys, 0, filled);
        return Math.min(filled, mostCandidates);
    }

    /**
     * A number that is the smaller the better a candidate is: above, the score's bits in an order
     * that holds for negative scores too, turned round; below, the index.
     */
    private static long key(float score, int index) {
        int bits = Float.floatToIntBits(score + 0f); // no negative zero
        int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return ((long) ~ordered << 32) | index;
    }

    private boolean suppressed(
            Candidates candidates,
            int index,
            float area,
            int[] kept,
            int count,
            float iouThreshold,
            boolean classAgnostic) {
        for (int k = 0; k < count; k++) {
            int better = kept[k];
            if ((classAgnostic || candidates.classId(better) == candidates.classId(index))
                    && iou(candidates, better, keptAreas[k], index, area) > iouThreshold) {
                return true;
            }
        }
        return false;
    }

    private static float area(Candidates boxes, int index) {
        return BoxOverlap.area(
                boxes.left(index), boxes.top(index), boxes.right(index), boxes.bottom(index));
    }

    private static float iou(Candidates boxes, int a, float areaA, int b, float areaB) {
        return BoxOverlap.iou(
                boxes.left(a),
                boxes.top(a),
                boxes.right(a),
                boxes.bottom(a),
                areaA,
                boxes.left(b),
                boxes.top(b),
                boxes.right(b),
                boxes.bottom(b),
                areaB);
    }
}
