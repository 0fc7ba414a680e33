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
package io.frameflow.result;

import java.util.List;
import java.util.Optional;

/**
 * Everything that a network found in one frame.
 *
 * @param detections objects with a box; none for networks that do not look for objects
 * @param classMap class of each pixel, for segmentation
 * @param tensors raw outputs that the model file asks for, in its order
 */
public record Findings(
        Detections detections, Optional<ClassMap> classMap, List<RawTensor> tensors) {
    private static final Findings NOTHING = of(Detections.empty());

    /** Copies the list. */
    public Findings {
        tensors = List.copyOf(tensors);
    }

    /** Nothing at all. */
    public static Findings nothing() {
        return NOTHING;
    }

    /** Objects alone. */
    public static Findings of(Detections detections) {
        return new Findings(detections, Optional.empty(), List.of());
    }

    /** A class map alone. */
    public static Findings of(ClassMap classMap) {
        return new Findings(Detections.empty(), Optional.of(classMap), List.of());
    }

    /** The same with raw outputs. */
    public Findings withTensors(List<RawTensor> tensors) {
        return new Findings(detections, classMap, tensors);
    }

    /** Whether there is neither an object, nor a class map, nor a tensor. */
    public boolean isEmpty() {
        return detections.count() == 0 && classMap.isEmpty() && tensors.isEmpty();
    }
}
