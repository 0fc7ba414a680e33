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
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import java.io.Serializable;
import java.nio.file.Path;
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
 * @param decodingThreads threads that decode pictures on the CPU, each of which holds the pixels of
 *     one picture; 0 for as many as the machine has cores where the pipeline is opened, at most 4
 * @param decodeLimits the largest pictures that are decoded
 * @param plan which plan runs, where TensorRT does
 * @param denoise how noise is reduced before frames are examined
 */
public record PipelineSettings(
        String modelFile,
        @Nullable String onnx,
        EngineChoice engine,
        int maxBatchSize,
        int decodingThreads,
        DecodeLimits decodeLimits,
        PlanSettings plan,
        DenoiseStage denoise)
        implements Serializable {
    private static final int MOST_DECODING_THREADS_BY_DEFAULT = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the batch size is below 1 or the threads are below 0
     */
    public PipelineSettings {
        if (maxBatchSize < 1 || decodingThreads < 0) {
            throw new IllegalArgumentException(
                    "batches of %d, %d decoding threads".formatted(maxBatchSize, decodingThreads));
        }
    }

    /** Settings without noise reduction. */
    public PipelineSettings(
            String modelFile,
            @Nullable String onnx,
            EngineChoice engine,
            int maxBatchSize,
            int decodingThreads,
            DecodeLimits decodeLimits,
            PlanSettings plan) {
        this(
                modelFile,
                onnx,
                engine,
                maxBatchSize,
                decodingThreads,
                decodeLimits,
                plan,
                DenoiseStage.OFF);
    }

    /** Settings with {@link PlanSettings#DEFAULT}, and without noise reduction. */
    public PipelineSettings(
            String modelFile,
            @Nullable String onnx,
            EngineChoice engine,
            int maxBatchSize,
            int decodingThreads,
            DecodeLimits decodeLimits) {
        this(
                modelFile,
                onnx,
                engine,
                maxBatchSize,
                decodingThreads,
                decodeLimits,
                PlanSettings.DEFAULT);
    }

    /** Settings with the default number of decoding threads and {@link DecodeLimits#DEFAULT}. */
    public static PipelineSettings of(
            String modelFile, @Nullable String onnx, EngineChoice engine, int maxBatchSize) {
        return new PipelineSettings(modelFile, onnx, engine, maxBatchSize, 0, DecodeLimits.DEFAULT);
    }

    /** The same settings with another plan. */
    public PipelineSettings withPlan(PlanSettings other) {
        return new PipelineSettings(
                modelFile,
                onnx,
                engine,
                maxBatchSize,
                decodingThreads,
                decodeLimits,
                other,
                denoise);
    }

    /**
     * The same settings with another model. A network or a plan that was named beside the model
     * file belongs to that one: the other has the network that its file names, and its plan is
     * looked for in the cache.
     */
    public PipelineSettings withModel(String otherModelFile) {
        return new PipelineSettings(
                otherModelFile,
                null,
                engine,
                maxBatchSize,
                decodingThreads,
                decodeLimits,
                new PlanSettings(plan.precision(), plan.cacheFolder(), null),
                denoise);
    }

    /** The same settings with noise reduction. */
    public PipelineSettings withDenoise(DenoiseStage stage) {
        return new PipelineSettings(
                modelFile, onnx, engine, maxBatchSize, decodingThreads, decodeLimits, plan, stage);
    }

    /** Reads the model file. */
    ModelFile readModel() {
        Path file = Path.of(modelFile);
        return onnx == null
                ? ModelFileReader.read(file)
                : ModelFileReader.read(file, Path.of(onnx));
    }

    /** Threads that decode pictures on this machine, at least 1. */
    int decodingThreadsHere() {
        int cores = Runtime.getRuntime().availableProcessors();
        return decodingThreads > 0
                ? decodingThreads
                : Math.min(cores, MOST_DECODING_THREADS_BY_DEFAULT);
    }
}
