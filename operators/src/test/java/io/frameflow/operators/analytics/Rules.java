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
package io.frameflow.operators.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules for a picture of 1000 x 1000 pixels, to be put together. */
final class Rules {
    static final int SIDE = 1000;

    private final List<ZoneRule> zones = new ArrayList<>();
    private final List<OvercrowdingRule> overcrowding = new ArrayList<>();
    private final List<LineRule> lines = new ArrayList<>();
    private final List<DirectionRule> directions = new ArrayList<>();

    Rules zone(String label, boolean inverse, ClassFilter classes, int... corners) {
        zones.add(new ZoneRule(label, points(corners), inverse, classes));
        return this;
    }

    Rules zone(String label, int... corners) {
        return zone(label, false, ClassFilter.ALL, corners);
    }

    Rules overcrowding(String label, int objects, long millis, int... corners) {
        overcrowding.add(
                new OvercrowdingRule(
                        label, points(corners), objects, millis * 1000, ClassFilter.ALL));
        return this;
    }

    /** A line with the arrow of its direction first. */
    Rules line(String label, DirectionMode mode, boolean extended, int... points) {
        return line(label, mode, extended, ClassFilter.ALL, points);
    }

    Rules line(
            String label,
            DirectionMode mode,
            boolean extended,
            ClassFilter classes,
            int... points) {
        List<Point> ends = points(points);
        lines.add(
                new LineRule(
                        label,
                        ends.get(0),
                        ends.get(1),
                        ends.get(2),
                        ends.get(3),
                        extended,
                        mode,
                        classes));
        return this;
    }

    Rules direction(String label, DirectionMode mode, int... points) {
        List<Point> ends = points(points);
        directions.add(new DirectionRule(label, ends.get(0), ends.get(1), mode, ClassFilter.ALL));
        return this;
    }

    CameraRules build() {
        return new CameraRules(zones, overcrowding, lines, directions);
    }

    static ClassFilter classes(Integer... ids) {
        return new ClassFilter(Set.of(ids));
    }

    private static List<Point> points(int... coordinates) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < coordinates.length; i += 2) {
            points.add(
                    new Point((double) coordinates[i] / SIDE, (double) coordinates[i + 1] / SIDE));
        }
        return points;
    }
}
