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

import io.frameflow.yaml.YamlMapping;
import io.frameflow.yaml.YamlType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code class-attrs} and {@code filter-out-class-ids}. */
final class ClassRulesParser {
    private static final String SECTION = "class-attrs";
    private static final String ALL = "all";
    private static final String SCORE = "pre-cluster-threshold";
    private static final int HIGHEST_CLASS = 99_999;
    private static final double LONGEST_SIDE = 100_000;

    private final YamlMapping root;
    private final List<String> labels;
    private final Map<Integer, String> keyOfClass = new HashMap<>();

    /**
     * A parser.
     *
     * @param root the model file
     * @param labels name of each class; empty if the file names none
     */
    ClassRulesParser(YamlMapping root, List<String> labels) {
        this.root = root;
        this.labels = labels;
    }

    /** The rules; what is wrong with them has been reported. */
    ClassRules parse() {
        YamlMapping section = root.section(SECTION);
        YamlMapping all = section.section(ALL);
        ObjectLimits general = limits(all, ObjectLimits.NONE);
        if (all.has(SCORE)) {
            all.problem(SCORE, "give the threshold of all classes as thresholds." + SCORE);
        }
        all.finish();
        Map<Integer, ObjectLimits> limits = new HashMap<>();
        Map<Integer, Float> thresholds = new HashMap<>();
        for (String key : section.keys()) {
            Integer classId = key.equals(ALL) ? null : classId(section, key);
            if (classId != null) {
                readClass(section.section(key), classId, general, limits, thresholds);
            }
        }
        section.finish();
        return new ClassRules(general, limits, thresholds, filteredOut());
    }

    private static void readClass(
            YamlMapping rule,
            int classId,
            ObjectLimits general,
            Map<Integer, ObjectLimits> limits,
            Map<Integer, Float> thresholds) {
        Double threshold = rule.find(SCORE, YamlType.number(0, 1));
        if (threshold != null) {
            thresholds.put(classId, threshold.floatValue());
        }
        ObjectLimits own = limits(rule, general);
        if (!own.equals(general)) {
            limits.put(classId, own);
        }
        rule.finish();
    }

    /** The class that a key names by its label or number; null with a problem reported. */
    private @Nullable Integer classId(YamlMapping section, String key) {
        int classId = labels.indexOf(key);
        if (classId < 0 && key.matches("[0-9]{1,5}")) {
            classId = Integer.parseInt(key);
        }
        if (classId < 0 || isUnknown(classId)) {
            report(
                    section,
                    key,
                    "expected 'all', a label, or the number of a class"
                            + (labels.isEmpty() ? "" : " from 0 to " + (labels.size() - 1)));
            return null;
        }
        String before = keyOfClass.putIfAbsent(classId, key);
        if (before != null) {
            report(section, key, "is the same class as '" + before + "'");
            return null;
        }
        return classId;
    }

    /** Reports a problem with a key that would be reported as unknown otherwise. */
    private static void report(YamlMapping section, String key, String message) {
        if (section.has(key)) {
            section.problem(key, message);
        }
    }

    private boolean isUnknown(int classId) {
        return !labels.isEmpty() && classId >= labels.size();
    }

    private static ObjectLimits limits(YamlMapping rule, ObjectLimits fallback) {
        float minWidth = limit(rule, "detected-min-w", fallback.minWidth());
        float minHeight = limit(rule, "detected-min-h", fallback.minHeight());
        float maxWidth = limit(rule, "detected-max-w", fallback.maxWidth());
        float maxHeight = limit(rule, "detected-max-h", fallback.maxHeight());
        float top = limit(rule, "roi-top-offset", fallback.roiTop());
        float bottom = limit(rule, "roi-bottom-offset", fallback.roiBottom());
        boolean wide = leavesRoom(rule, "detected-max-w", minWidth, maxWidth);
        boolean high = leavesRoom(rule, "detected-max-h", minHeight, maxHeight);
        return wide && high
                ? new ObjectLimits(minWidth, minHeight, maxWidth, maxHeight, top, bottom)
                : fallback;
    }

    private static float limit(YamlMapping rule, String key, float fallback) {
        return rule.get(key, YamlType.number(0, LONGEST_SIDE), (double) fallback).floatValue();
    }

    private static boolean leavesRoom(YamlMapping rule, String key, float least, float most) {
        boolean possible = most == 0 || least <= most;
        if (!possible) {
            rule.problem(key, "is " + most + ", less than the lower limit of " + least);
        }
        return possible;
    }

    private Set<Integer> filteredOut() {
        String key = "filter-out-class-ids";
        List<Integer> classIds =
                root.get(
                        key,
                        YamlType.distinct(
                                YamlType.list(
                                        YamlType.integer(0, HIGHEST_CLASS), 1, HIGHEST_CLASS)),
                        List.of());
        for (int classId : classIds) {
            if (isUnknown(classId)) {
                root.problem(
                        key,
                        "there is no class %d, the labels are for 0 to %d"
                                .formatted(classId, labels.size() - 1));
            }
        }
        return new HashSet<>(classIds);
    }
}
