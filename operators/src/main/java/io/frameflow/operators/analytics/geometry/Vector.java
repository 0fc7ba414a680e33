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
package io.frameflow.operators.analytics.geometry;

/**
 * A movement or a direction on the {@link Grid}.
 *
 * @param x to the right
 * @param y downwards
 */
public record Vector(long x, long y) {

    /** Square of its length. */
    public double squaredLength() {
        return (double) x * x + (double) y * y;
    }

    /**
     * Cosine of the angle to another vector; 0 where one of the two has no length. Only operations
     * that are rounded in one way are used, so it is the same on every machine.
     */
    public double cosine(Vector other) {
        double dot = (double) x * other.x + (double) y * other.y;
        double lengths = Math.sqrt(squaredLength()) * Math.sqrt(other.squaredLength());
        return lengths == 0 ? 0 : dot / lengths;
    }
}
