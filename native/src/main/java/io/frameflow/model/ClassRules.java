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
package io.frameflow.model;

import java.util.Map;
import java.util.Set;

/**
 * What holds for single classes of a detector, and the limits that hold for the others; nvinfer's
 * {@code class-attrs-all}, {@code class-attrs-N} and {@code filter-out-class-ids}.
 *
 * @param limits size and place of objects of the classes that {@code limitsByClass} does not name
 * @param limitsByClass size and place of objects of single classes
 * @param thresholdByClass score that a candidate of a class needs more than, 0 to 1, instead of
 *     {@link DetectionThresholds#preCluster()}
 * @param filteredOut classes that are never reported
 */
public record ClassRules(
        ObjectLimits limits,
        Map<Integer, ObjectLimits> limitsByClass,
        Map<Integer, Float> thresholdByClass,
        Set<Integer> filteredOut) {
    /** The same for all classes, and no limits. */
    public static final ClassRules NONE =
            new ClassRules(ObjectLimits.NONE, Map.of(), Map.of(), Set.of());

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if a threshold is not from 0 to 1
     */
    public ClassRules {
        limitsByClass = Map.copyOf(limitsByClass);
        thresholdByClass = Map.copyOf(thresholdByClass);
        filteredOut = Set.copyOf(filteredOut);
        for (float threshold : thresholdByClass.values()) {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new IllegalArgumentException("score above " + threshold);
            }
        }
    }

    /** Whether classes differ in the score that they need, or some are never reported. */
    public boolean differInScore() {
        return !thresholdByClass.isEmpty() || !filteredOut.isEmpty();
    }

    /** Whether objects of some class are limited in size or place. */
    public boolean limitObjects() {
        return !limits.equals(ObjectLimits.NONE) || !limitsByClass.isEmpty();
    }

    /**
     * The score that a candidate of a class needs more than.
     *
     * @param classId the class
     * @param preCluster what holds for classes without a threshold of their own
     * @return 0 to 1; infinite for a class that is never reported
     */
    public float scoreThreshold(int classId, float preCluster) {
        return filteredOut.contains(classId)
                ? Float.POSITIVE_INFINITY
                : thresholdByClass.getOrDefault(classId, preCluster);
    }

    /** The lowest score threshold of all classes, given the one that holds for most. */
    public float leastScoreThreshold(float preCluster) {
        float least = preCluster;
        for (float threshold : thresholdByClass.values()) {
            least = Math.min(least, threshold);
        }
        return least;
    }

    /** Size and place that objects of a class may have. */
    public ObjectLimits limits(int classId) {
        return limitsByClass.getOrDefault(classId, limits);
    }
}
