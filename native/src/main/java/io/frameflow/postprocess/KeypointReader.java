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

import java.nio.FloatBuffer;
import java.util.List;

/** Reads the keypoints that belong to a candidate of one family. Not thread-safe. */
public interface KeypointReader {
    /** Keypoints of each candidate, at least 1. */
    int count();

    /** Whether the network gives a score for each keypoint. */
    boolean scored();

    /**
     * Reads the keypoints of one candidate.
     *
     * @param outputs all outputs in the order of the network's signature, each with the batch as
     *     its first dimension
     * @param image index of the image in the batch, from 0
     * @param anchor place of the candidate in the network's output
     * @param target takes {@code x, y, score} of each keypoint from its beginning on, in pixels of
     *     the network's input; scores are left as they are where there are none
     */
    void read(List<FloatBuffer> outputs, int image, int anchor, float[] target);
}
