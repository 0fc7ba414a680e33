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

/**
 * How exactly a movement must follow a direction. The names are nvdsanalytics', which states no
 * angles; these are ours.
 */
public enum DirectionMode {
    /** By less than 90 degrees off: it has some part of the direction. */
    LOOSE(0),
    /** By at most 60 degrees off. */
    BALANCED(0.5),
    /** By at most 30 degrees off. */
    STRICT(0.8660254037844386);

    private final double leastCosine;

    DirectionMode(double leastCosine) {
        this.leastCosine = leastCosine;
    }

    /** Whether a movement with this cosine of its angle to the direction follows it. */
    boolean accepts(double cosine) {
        return cosine > 0 && cosine >= leastCosine;
    }
}
