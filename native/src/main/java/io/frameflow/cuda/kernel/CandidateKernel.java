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

import io.frameflow.cuda.CudaStream;
import java.util.Optional;

/**
 * Decodes the outputs of networks of one family on the card, and leaves what is above the score
 * thresholds in {@link CandidateBuffers}. Made for one batch size.
 */
public interface CandidateKernel extends AutoCloseable {
    /** Queues the decoding; the candidates must have been cleared. */
    void launch(CudaStream stream);

    /** Where the keypoints of the candidates are after a launch; empty for families without. */
    default Optional<KeypointSource> keypoints() {
        return Optional.empty();
    }

    /** Frees the memory; no launch may be under way. */
    @Override
    void close();
}
