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
package io.frameflow.operators.analytics.file;

import io.frameflow.operators.analytics.CameraRules;
import io.frameflow.operators.analytics.ClassFilter;
import io.frameflow.operators.analytics.DirectionMode;
import io.frameflow.operators.analytics.DirectionRule;
import io.frameflow.operators.analytics.LineRule;
import io.frameflow.operators.analytics.OvercrowdingRule;
import io.frameflow.operators.analytics.Point;
import io.frameflow.operators.analytics.ZoneRule;
import io.frameflow.operators.analytics.geometry.Grid;
import io.frameflow.operators.analytics.geometry.Polygon;
import io.frameflow.yaml.YamlMapping;
import io.frameflow.yaml.YamlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the groups of one camera. A group may be a list of groups, each with keys of its own. */
final class CameraSection {
    private static final String ENABLE = "enable";
    private static final String CLASS_ID = "class-id";
    private static final String MODE = "mode";
    private static final String ROI_PREFIX = "roi-";
    private static final String LINE_PREFIX = "line-crossing-";
    private static final String DIRECTION_PREFIX = "direction-";
    private static final int LONGEST_LABEL = 200;
    private static final int MOST_VERTICES = 100;
    private static final int MOST_RULES = 200;
    private static final int MOST_OBJECTS = 100_000;
    private static final int LONGEST_TIME_MILLIS = 86_400_000;
    private static final int LARGEST_CLASS = 1_000_000;

    private final YamlMapping camera;
    private final FrameSize size;

    private CameraSection(YamlMapping camera, FrameSize size) {
        this.camera = camera;
        this.size = size;
    }

    /** The rules; what is wrong has been reported and is left out. */
    static CameraRules read(YamlMapping camera, FrameSize fileSize) {
        CameraSection section = new CameraSection(camera, FrameSize.read(camera, fileSize));
        CameraRules rules =
                new CameraRules(
                        section.rules("roi-filtering", ROI_PREFIX, section::zones),
                        section.rules("overcrowding", ROI_PREFIX, section::overcrowding),
                        section.rules("line-crossing", LINE_PREFIX, section::lines),
                        section.rules(
                                "direction-detection", DIRECTION_PREFIX, section::directions));
        camera.finish();
        return rules;
    }

    /** Reads the rules of a group; those that are wrong are reported and left out. */
    @FunctionalInterface
    private interface GroupReader<T> {
        List<T> read(YamlMapping group, Map<String, String> labelByKey);
    }

    private <T> List<T> rules(String name, String prefix, GroupReader<T> reader) {
        List<T> rules = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        for (YamlMapping group : camera.sections(name)) {
            boolean isEnabled = flag(group, ENABLE, true);
            List<T> found = reader.read(group, labels(group, prefix, labels));
            if (isEnabled) {
                rules.addAll(found);
            }
            group.finish();
        }
        if (rules.size() > MOST_RULES) {
            camera.problem(name, "has more than " + MOST_RULES + " rules");
        }
        return rules;
    }

    /** The labels of a group by their keys; they must be new to the camera. */
    private static Map<String, String> labels(YamlMapping group, String prefix, Set<String> known) {
        // Known from here on to the hints on unknown keys, so that they tell how a rule is written.
        group.has(prefix + "<label>");
        Map<String, String> labels = new LinkedHashMap<>();
        for (String key : group.keys()) {
            if (key.startsWith(prefix)) {
                String label = key.substring(prefix.length());
                labels.put(key, label);
                if (label.isBlank() || label.length() > LONGEST_LABEL) {
                    group.problem(key, "expected a label of 1 to " + LONGEST_LABEL + " letters");
                } else if (!known.add(label)) {
                    group.problem(key, "the camera has one with this label already");
                }
            }
        }
        if (labels.isEmpty()) {
            group.problem(prefix + "<label>", "missing; a group needs one at least");
        }
        return labels;
    }

    private List<ZoneRule> zones(YamlMapping group, Map<String, String> labels) {
        boolean inverse = flag(group, "inverse-roi", false);
        ClassFilter classes = classes(group);
        List<ZoneRule> rules = new ArrayList<>();
        labels.forEach(
                (key, label) -> {
                    List<Point> polygon = polygon(group, key);
                    if (polygon != null) {
                        rules.add(new ZoneRule(label, polygon, inverse, classes));
                    }
                });
        return rules;
    }

    private List<OvercrowdingRule> overcrowding(YamlMapping group, Map<String, String> labels) {
        Integer objects = group.require("object-threshold", YamlType.integer(1, MOST_OBJECTS));
        int millis = group.get("time-threshold", YamlType.integer(0, LONGEST_TIME_MILLIS), 0);
        long micros = TimeUnit.MILLISECONDS.toMicros(millis);
        ClassFilter classes = classes(group);
        List<OvercrowdingRule> rules = new ArrayList<>();
        labels.forEach(
                (key, label) -> {
                    List<Point> polygon = polygon(group, key);
                    if (polygon != null && objects != null) {
                        rules.add(new OvercrowdingRule(label, polygon, objects, micros, classes));
                    }
                });
        return rules;
    }

    private List<LineRule> lines(YamlMapping group, Map<String, String> labels) {
        boolean extended = flag(group, "extended", false);
        DirectionMode mode = mode(group);
        ClassFilter classes = classes(group);
        List<LineRule> rules = new ArrayList<>();
        labels.forEach(
                (key, label) -> {
                    List<Point> ends = arrowAndLine(group, key);
                    if (ends != null) {
                        rules.add(
                                new LineRule(
                                        label,
                                        ends.get(0),
                                        ends.get(1),
                                        ends.get(2),
                                        ends.get(3),
                                        extended,
                                        mode,
                                        classes));
                    }
                });
        return rules;
    }

    private @Nullable List<Point> arrowAndLine(YamlMapping group, String key) {
        List<Point> ends = Coordinates.read(group, key, size, 4, 4);
        if (ends != null
                && LineRule.side(ends.get(0), ends.get(1), ends.get(2), ends.get(3)) == 0) {
            group.problem(
                    key,
                    "the direction (first two points) must lead across the line (last two), not"
                            + " along it");
            return null;
        }
        return ends;
    }

    private List<DirectionRule> directions(YamlMapping group, Map<String, String> labels) {
        DirectionMode mode = mode(group);
        ClassFilter classes = classes(group);
        List<DirectionRule> rules = new ArrayList<>();
        labels.forEach(
                (key, label) -> {
                    List<Point> ends = Coordinates.read(group, key, size, 2, 2);
                    if (ends != null && ends.get(0).equals(ends.get(1))) {
                        group.problem(key, "the two points are the same and tell no direction");
                    } else if (ends != null) {
                        rules.add(
                                new DirectionRule(label, ends.get(0), ends.get(1), mode, classes));
                    }
                });
        return rules;
    }

    private @Nullable List<Point> polygon(YamlMapping group, String key) {
        List<Point> points =
                Coordinates.read(group, key, size, Polygon.FEWEST_VERTICES, MOST_VERTICES);
        if (points == null) {
            return null;
        }
        Polygon polygon =
                new Polygon(
                        points.stream().mapToLong(CameraSection::x).toArray(),
                        points.stream().mapToLong(CameraSection::y).toArray());
        if (!polygon.isSimple()) {
            group.problem(
                    key,
                    "edges of the polygon cross or touch; list its corners in their order, each"
                            + " once");
            return null;
        }
        return points;
    }

    private static DirectionMode mode(YamlMapping group) {
        return group.get(MODE, YamlType.choice(DirectionMode.class), DirectionMode.BALANCED);
    }

    private static boolean flag(YamlMapping group, String key, boolean fallback) {
        String text = group.find(key, YamlType.scalarText("0 or 1"));
        if (text == null) {
            return fallback;
        }
        switch (text) {
            case "1", "true" -> {
                return true;
            }
            case "0", "false" -> {
                return false;
            }
            default -> {
                group.problem(key, "expected 0 or 1, found '" + text + "'");
                return fallback;
            }
        }
    }

    private static ClassFilter classes(YamlMapping group) {
        String expected = "-1 for all classes, or class ids with semicolons in between";
        String text = group.find(CLASS_ID, YamlType.scalarText(expected));
        if (text == null || text.equals("-1")) {
            return ClassFilter.ALL;
        }
        Set<Integer> ids = new HashSet<>();
        for (String part : text.split(";", -1)) {
            try {
                int id = Integer.parseInt(part.strip());
                if (id < 0 || id > LARGEST_CLASS) {
                    throw new NumberFormatException(part);
                }
                ids.add(id);
            } catch (NumberFormatException e) {
                group.problem(CLASS_ID, "expected " + expected + ", found '" + text + "'");
                return ClassFilter.ALL;
            }
        }
        return new ClassFilter(ids);
    }

    private static long x(Point point) {
        return Grid.of(point.x() * LineRule.CHECKED_SIDE);
    }

    private static long y(Point point) {
        return Grid.of(point.y() * LineRule.CHECKED_SIDE);
    }
}
