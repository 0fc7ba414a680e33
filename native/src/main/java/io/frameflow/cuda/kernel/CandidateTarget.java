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
package io.frameflow.cuda.kernel;

import io.frameflow.cuda.CudaDevice;
import java.nio.ByteBuffer;

/**
 * Where kernels that decode heads run, and what they leave their candidates to. Nothing of it is
 * owned.
 *
 * @param device the card
 * @param kernels machine code of kernels
 * @param thresholds scores that candidates need more than
 * @param candidates receives what is kept
 * @param batch pictures that each launch decodes, from the first
 */
public record CandidateTarget(
        CudaDevice device,
        KernelCache kernels,
        ScoreThresholds thresholds,
        CandidateBuffers candidates,
        int batch) {
    KernelModule module(KernelSource source, String function) {
        return new KernelModule(source, function, device, kernels);
    }

    /** Writes the fields of {@code CandidateSink} in {@code types.cuh}. */
    void putSink(ByteBuffer fields) {
        candidates.putSink(fields, thresholds);
    }
}
