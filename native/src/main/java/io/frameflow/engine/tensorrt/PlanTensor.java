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
package io.frameflow.engine.tensorrt;

import io.frameflow.cuda.kernel.ElementType;
import java.util.List;

/**
 * An input or output of a plan.
 *
 * @param name its name
 * @param input whether it is an input
 * @param type type of its elements
 * @param shape extents without the batch dimension, slowest first
 */
public record PlanTensor(String name, boolean input, ElementType type, List<Integer> shape) {

    /** Copies the list. */
    public PlanTensor {
        shape = List.copyOf(shape);
    }

    /** Elements for one picture. */
    public long elements() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** Bytes for one picture. */
    public long bytes() {
        return elements() * type.bytes();
    }
}
