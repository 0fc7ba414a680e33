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

import io.frameflow.geometry.Letterbox;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.result.Findings;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Turns the outputs of a network into results. Made for one model file and one network, after it
 * has checked that the outputs are what it can read. Not thread-safe: it keeps memory for the next
 * frame, so each thread has its own.
 */
public interface Postprocessor {
    /**
     * Reads the results of one image of a batch.
     *
     * @param outputs all outputs in the order of the network's signature, each with the batch as
     *     its first dimension; they are read by index and not changed
     * @param image index of the image in the batch, from 0
     * @param letterbox where its frame lies in the network's input
     * @param thresholds which candidates become detections; may differ from frame to frame
     * @return what was found, in pixels of the source frame
     * @throws io.frameflow.failure.FrameflowException with {@code NON_FINITE_OUTPUT} if numbers
     *     that the result depends on are infinite or none: the frame is to be rejected, others of
     *     the batch are not affected
     */
    Findings process(
            List<FloatBuffer> outputs,
            int image,
            Letterbox letterbox,
            DetectionThresholds thresholds);
}
