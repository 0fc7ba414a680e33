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

import java.io.Serializable;
import java.util.List;

/**
 * A zone that may hold too many: {@code overcrowding}.
 *
 * @param label its name, unique among the overcrowding zones of its camera
 * @param polygon its vertices, at least three
 * @param objectThreshold {@code object-threshold}: that many objects, or more, are too many
 * @param timeThresholdMicros {@code time-threshold}: for how long there must be too many, in
 *     microseconds of capture time
 * @param classes classes that count
 */
public record OvercrowdingRule(
        String label,
        List<Point> polygon,
        int objectThreshold,
        long timeThresholdMicros,
        ClassFilter classes)
        implements Serializable {

    /** Checks the thresholds and copies the list. */
    public OvercrowdingRule {
        polygon = List.copyOf(polygon);
        if (objectThreshold < 1 || timeThresholdMicros < 0) {
            throw new IllegalArgumentException(
                    "thresholds of %d objects and %d us"
                            .formatted(objectThreshold, timeThresholdMicros));
        }
    }
}
