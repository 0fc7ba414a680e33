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
package io.frameflow.engine.tensorrt.build;

import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.BatchProfile;
import java.util.List;
import java.util.Optional;

/**
 * How a plan is built.
 *
 * @param precision numbers that it may compute with
 * @param batch batches that it takes; absent for what the network has fixed, or else {@link
 *     #DEFAULT_BATCH}
 * @param optimizationLevel how long the builder looks for faster kernels, 0 to 5
 * @param workspaceBytes most memory for intermediate results of a layer; 0 for all of the card's
 * @param fp16Layers with {@link Precision#INT8}, layers that compute with half precision all the
 *     same: names, in which {@code *} stands for anything
 * @param appendNms whether decoding and suppression of overlapping boxes are added to a detector's
 *     network
 */
public record BuildOptions(
        Precision precision,
        Optional<BatchProfile> batch,
        int optimizationLevel,
        long workspaceBytes,
        List<String> fp16Layers,
        boolean appendNms) {
    /** Batches of a network whose batch size is open. */
    public static final BatchProfile DEFAULT_BATCH = new BatchProfile(1, 32, 32);

    /** TensorRT's own default. */
    public static final int DEFAULT_OPTIMIZATION_LEVEL = 3;

    private static final int GREATEST_LEVEL = 5;

    /**
     * Checks the ranges and copies the list.
     *
     * @throws IllegalArgumentException if the level or the size is out of range, or layers are
     *     named for a precision without bytes
     */
    public BuildOptions {
        fp16Layers = List.copyOf(fp16Layers);
        if (!fp16Layers.isEmpty() && precision != Precision.INT8) {
            throw new IllegalArgumentException(
                    "layers with half precision are for int8 only, not for " + precision.label());
        }
        if (optimizationLevel < 0 || optimizationLevel > GREATEST_LEVEL || workspaceBytes < 0) {
            throw new IllegalArgumentException(
                    "optimisation level %d, workspace %d"
                            .formatted(optimizationLevel, workspaceBytes));
        }
    }

    /** A plan of the network as it is, whose layers may all have the precision. */
    public BuildOptions(
            Precision precision,
            Optional<BatchProfile> batch,
            int optimizationLevel,
            long workspaceBytes) {
        this(precision, batch, optimizationLevel, workspaceBytes, List.of(), false);
    }
}
