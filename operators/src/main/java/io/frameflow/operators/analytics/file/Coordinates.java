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

import io.frameflow.operators.analytics.Point;
import io.frameflow.yaml.YamlMapping;
import io.frameflow.yaml.YamlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Points as nvdsanalytics writes them: {@code x1;y1;x2;y2}, with or without a semicolon behind. */
final class Coordinates {
    private Coordinates() {}

    /**
     * Reads points.
     *
     * @param size what the coordinates are for
     * @param fewest fewest points
     * @param most most points
     * @return the points as parts of the picture, or null with a problem reported
     */
    static @Nullable List<Point> read(
            YamlMapping section, String key, FrameSize size, int fewest, int most) {
        String expected =
                "x;y of "
                        + (fewest == most ? fewest : fewest + " to " + most)
                        + " points with semicolons in between";
        String text = section.find(key, YamlType.scalarText(expected));
        if (text == null) {
            return null;
        }
        List<Double> numbers = numbers(text);
        if (numbers == null
                || numbers.size() % 2 != 0
                || numbers.size() < 2 * fewest
                || numbers.size() > 2 * most) {
            section.problem(key, "expected " + expected + ", found '" + text + "'");
            return null;
        }
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += 2) {
            double x = numbers.get(i) / size.width();
            double y = numbers.get(i + 1) / size.height();
            if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
                section.problem(
                        key,
                        "point %d (%s;%s) is not in the picture: expected %s"
                                .formatted(
                                        i / 2 + 1,
                                        numbers.get(i),
                                        numbers.get(i + 1),
                                        size.describe()));
                return null;
            }
            points.add(new Point(x, y));
        }
        return points;
    }

    private static @Nullable List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        String trimmed = text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
        for (String part : trimmed.split(";", -1)) {
            try {
                numbers.add(Double.parseDouble(part.strip()));
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return numbers;
    }
}
