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
 * What is asked of the objects of one camera.
 *
 * @param zones zones that objects enter and leave
 * @param overcrowding zones that may hold too many
 * @param lines lines that objects cross
 * @param directions directions that objects move in
 */
public record CameraRules(
        List<ZoneRule> zones,
        List<OvercrowdingRule> overcrowding,
        List<LineRule> lines,
        List<DirectionRule> directions)
        implements Serializable {

    /** Copies the lists. */
    public CameraRules {
        zones = List.copyOf(zones);
        overcrowding = List.copyOf(overcrowding);
        lines = List.copyOf(lines);
        directions = List.copyOf(directions);
    }
}
