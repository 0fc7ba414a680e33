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

import io.frameflow.operators.analytics.geometry.Grid;
import io.frameflow.operators.analytics.geometry.Line;
import io.frameflow.operators.analytics.geometry.Polygon;
import io.frameflow.operators.analytics.geometry.Vector;
import java.util.ArrayList;
import java.util.List;

/** The rules of a camera for frames of one size, in units of the grid. Immutable. */
final class Scene {
    private final List<Polygon> regions = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Vector> lineDirections = new ArrayList<>();
    private final List<Vector> directions = new ArrayList<>();
    private final int width;
    private final int height;

    Scene(CameraRules rules, int width, int height) {
        this.width = width;
        this.height = height;
        rules.zones().forEach(zone -> regions.add(polygon(zone.polygon())));
        rules.overcrowding().forEach(zone -> regions.add(polygon(zone.polygon())));
        rules.lines().forEach(this::add);
        rules.directions().forEach(rule -> directions.add(vector(rule.from(), rule.to())));
    }

    boolean isFor(int frameWidth, int frameHeight) {
        return width == frameWidth && height == frameHeight;
    }

    Polygon region(int index) {
        return regions.get(index);
    }

    Line line(int index) {
        return lines.get(index);
    }

    Vector lineDirection(int index) {
        return lineDirections.get(index);
    }

    Vector direction(int index) {
        return directions.get(index);
    }

    private void add(LineRule rule) {
        lineDirections.add(vector(rule.directionFrom(), rule.directionTo()));
        lines.add(
                new Line(
                        x(rule.from()),
                        y(rule.from()),
                        x(rule.to()),
                        y(rule.to()),
                        rule.forward(),
                        rule.extended()));
    }

    private Polygon polygon(List<Point> points) {
        return new Polygon(
                points.stream().mapToLong(this::x).toArray(),
                points.stream().mapToLong(this::y).toArray());
    }

    private Vector vector(Point from, Point to) {
        return new Vector(x(to) - x(from), y(to) - y(from));
    }

    private long x(Point point) {
        return Grid.of(point.x() * width);
    }

    private long y(Point point) {
        return Grid.of(point.y() * height);
    }
}
