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
package io.frameflow.postprocess;

import io.frameflow.nms.Candidates;
import java.nio.FloatBuffer;
import java.util.List;

/** Reads the boxes that a network of one family proposes. Not thread-safe. */
public interface CandidateDecoder {
    /**
     * Adds the boxes of one image whose score is above a threshold, in the order of the network's
     * output.
     *
     * @param outputs all outputs in the order of the network's signature, each with the batch as
     *     its first dimension
     * @param image index of the image in the batch, from 0
     * @param scoreThreshold boxes with this score or less are left out
     * @param candidates takes the boxes, in pixels of the network's input
     * @throws io.frameflow.failure.FrameflowException with {@code NON_FINITE_OUTPUT} if a score, or
     *     a coordinate of a box that counts, is infinite or none
     */
    void decode(List<FloatBuffer> outputs, int image, float scoreThreshold, Candidates candidates);
}
