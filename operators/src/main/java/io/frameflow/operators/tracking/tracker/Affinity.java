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
package io.frameflow.operators.tracking.tracker;

/** How well a track and a detection fit. */
@FunctionalInterface
interface Affinity {
    /** Stands for two that do not belong together. */
    double NONE = 0;

    /**
     * The affinity of a pair.
     *
     * @return above 0 if the two may be matched, more for a better fit; a stage makes the pairs
     *     whose sum is largest
     */
    double of(Pair pair);
}
