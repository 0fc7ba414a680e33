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

import java.util.Arrays;

/**
 * Boxes that a network proposes for one frame, as columns that are used again for the next one. Not
 * thread-safe.
 */
public final class Candidates {
    private float[] corners;
    private float[] scores;
    private int[] classIds;
    private int[] anchors;
    private int count;

    /**
     * An empty set.
     *
     * @param expected boxes that fit in before it grows, at least 1
     */
    public Candidates(int expected) {
        corners = new float[4 * expected];
        scores = new float[expected];
        classIds = new int[expected];
        anchors = new int[expected];
    }

    /** Makes it empty; the memory stays. */
    public void clear() {
        count = 0;
    }

    /**
     * Adds a box.
     *
     * @param anchor its place in the network's output, to find what else belongs to it
     * @param left left side, in pixels of the network's input
     * @param top upper side
     * @param right right side
     * @param bottom lower side
     * @param score confidence
     * @param classId class, from 0
     */
    public void add(
            int anchor,
            float left,
            float top,
            float right,
            float bottom,
            float score,
            int classId) {
        if (count == scores.length) {
            grow();
        }
        corners[4 * count] = left;
        corners[4 * count + 1] = top;
        corners[4 * count + 2] = right;
        corners[4 * count + 3] = bottom;
        scores[count] = score;
        classIds[count] = classId;
        anchors[count] = anchor;
        count++;
    }

    /** Removes the boxes that do not fulfil a condition; the others keep their order. */
    public void retain(Condition condition) {
        int kept = 0;
        for (int index = 0; index < count; index++) {
            if (condition.test(classIds[index], scores[index])) {
                System.arraycopy(corners, 4 * index, corners, 4 * kept, 4);
                scores[kept] = scores[index];
                classIds[kept] = classIds[index];
                anchors[kept] = anchors[index];
                kept++;
            }
        }
        count = kept;
    }

    /** A condition on the class and the score of a box. */
    @FunctionalInterface
    public interface Condition {
        /** Whether a box of this class and score fulfils it. */
        boolean test(int classId, float score);
    }

    private void grow() {
        int length = 2 * count + 1;
        corners = Arrays.copyOf(corners, 4 * length);
        scores = Arrays.copyOf(scores, length);
        classIds = Arrays.copyOf(classIds, length);
        anchors = Arrays.copyOf(anchors, length);
    }

    /** Number of boxes. */
    public int count() {
        return count;
    }

    /** Left side of a box. */
    public float left(int index) {
        return corners[4 * index];
    }

    /** Upper side of a box. */
    public float top(int index) {
        return corners[4 * index + 1];
    }

    /** Right side of a box. */
    public float right(int index) {
        return corners[4 * index + 2];
    }

    /** Lower side of a box. */
    public float bottom(int index) {
        return corners[4 * index + 3];
    }

    /** Confidence of a box. */
    public float score(int index) {
        return scores[index];
    }

    /** Class of a box. */
    public int classId(int index) {
        return classIds[index];
    }

    /** Place of a box in the network's output. */
    public int anchor(int index) {
        return anchors[index];
    }
}
