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
 * A zone that objects enter and leave: {@code roi-filtering}.
 *
 * @param label its name, unique among the zones of its camera
 * @param polygon its vertices, at least three
 * @param inverse whether the zone is what lies outside of the polygon
 * @param classes classes that it is about
 */
public record ZoneRule(String label, List<Point> polygon, boolean inverse, ClassFilter classes)
        implements Serializable {

    /** Copies the list. */
    public ZoneRule {
        polygon = List.copyOf(polygon);
    }
}
