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
package io.frameflow.pipeline.assembly;

import io.frameflow.decode.DecodeLimits;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline is made from. Serializable, and names files as the machine sees them where the
 * pipeline is opened.
 *
 * @param modelFile path of the model file
 * @param onnx path of the network to run instead of the one that the model file names; null for
 *     that one
 * @param engine which engine runs it
 * @param maxBatchSize most frames a batch, at least 1
 * @param decodingThreads threads that decode pictures on the CPU, at least 1; each holds the pixels
 *     of one picture
 * @param decodeLimits the largest pictures that are decoded
 */
public record PipelineSettings(
        String modelFile,
        @Nullable String onnx,
        EngineChoice engine,
        int maxBatchSize,
        int decodingThreads,
        DecodeLimits decodeLimits)
        implements Serializable {
    private static final int MOST_DECODING_THREADS_BY_DEFAULT = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public PipelineSettings {
        if (maxBatchSize < 1 || decodingThreads < 1) {
            throw new IllegalArgumentException(
                    "batches of %d, %d decoding threads".formatted(maxBatchSize, decodingThreads));
        }
    }

    /**
     * Settings with the defaults: as many decoding threads as the machine has cores, at most 4, and
     * {@link DecodeLimits#DEFAULT}.
     */
    public static PipelineSettings of(
            String modelFile, @Nullable String onnx, EngineChoice engine, int maxBatchSize) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new PipelineSettings(
                modelFile,
                onnx,
                engine,
                maxBatchSize,
                Math.min(cores, MOST_DECODING_THREADS_BY_DEFAULT),
                DecodeLimits.DEFAULT);
    }
}
