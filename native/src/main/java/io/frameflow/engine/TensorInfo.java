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
package io.frameflow.engine;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Name, type and shape of one input or output.
 *
 * @param name its name in the network
 * @param type type of its numbers
 * @param shape its dimensions, the outermost first; {@link #DYNAMIC} for one that is not fixed
 */
public record TensorInfo(String name, ElementType type, List<Integer> shape) {
    /** A dimension that differs from run to run. */
    public static final int DYNAMIC = -1;

    /** Copies the shape. */
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Number of dimensions. */
    public int rank() {
        return shape.size();
    }

    /** Size of one dimension, or {@link #DYNAMIC}. */
    public int dimension(int index) {
        return shape.get(index);
    }

    /**
     * Numbers that belong to one image: the product of all dimensions but the first.
     *
     * @throws IllegalStateException if one of them is not fixed
     * @throws ArithmeticException if they are more than an {@code int} holds
     */
    public int elementsPerImage() {
        int elements = 1;
        for (int size : shape.subList(1, shape.size())) {
            if (size == DYNAMIC) {
                throw new IllegalStateException("the size is not fixed: " + this);
            }
            elements = Math.multiplyExact(elements, size);
        }
        return elements;
    }

    /**
     * Bytes that belong to one image.
     *
     * @throws IllegalStateException if a dimension but the first is not fixed
     */
    public long bytesPerImage() {
        return (long) elementsPerImage() * type.bytes();
    }

    /** The tensor as messages show it, such as {@code output0 float32[?, 25200, 85]}. */
    @Override
    public String toString() {
        return name
                + " "
                + type.label()
                + shape.stream()
                        .map(size -> size == DYNAMIC ? "?" : size.toString())
                        .collect(Collectors.joining(", ", "[", "]"));
    }
}
