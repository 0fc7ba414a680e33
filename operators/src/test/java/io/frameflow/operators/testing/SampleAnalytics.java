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
package io.frameflow.operators.testing;

import java.util.Collection;

/** Analytics files by which a street with pedestrians has many events. */
public final class SampleAnalytics {
    private static final String ZONES_AND_LINES =
            """
                roi-filtering:
                  roi-middle: 0.3;0.2;0.7;0.2;0.7;1;0.3;1
                line-crossing:
                  line-crossing-right: 0.4;0.5;0.6;0.5;0.5;0;0.5;1
                  line-crossing-left: 0.6;0.5;0.4;0.5;0.5;0;0.5;1
                  mode: loose
                overcrowding:
                  roi-picture: 0;0;1;0;1;1;0;1
                  object-threshold: 5
                  time-threshold: 200
            """;

    private static final String DIRECTIONS =
            """
                direction-detection:
                  direction-right: 0;0.5;1;0.5
                  direction-left: 1;0.5;0;0.5
            """;

    private SampleAnalytics() {}

    /** An analytics file in which each camera has a zone, a line both ways, and overcrowding. */
    public static String zonesAndLines(Collection<String> cameras) {
        return file(cameras, ZONES_AND_LINES);
    }

    /** The same with directions of movement. */
    public static String withDirections(Collection<String> cameras) {
        return file(cameras, ZONES_AND_LINES + DIRECTIONS);
    }

    private static String file(Collection<String> cameras, String each) {
        StringBuilder file = new StringBuilder("cameras:\n");
        cameras.forEach(camera -> file.append("  ").append(camera).append(":\n").append(each));
        return file.toString();
    }
}
