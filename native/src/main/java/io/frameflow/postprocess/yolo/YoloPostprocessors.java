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
package io.frameflow.postprocess.yolo;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.CandidateDecoder;
import io.frameflow.postprocess.DetectionPostprocessor;
import io.frameflow.postprocess.Postprocessor;

/** Makes what reads the outputs of YOLO networks. */
public final class YoloPostprocessors {
    private YoloPostprocessors() {}

    /**
     * For a network with its head in the graph, see {@link YoloOutput}.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL} if the outputs are
     *     others, or are for another number of classes or keypoints than the model file has names
     */
    public static Postprocessor decoded(ModelFile model, NetworkSignature signature) {
        YoloOutput output = YoloOutput.of(model, signature);
        CandidateDecoder decoder =
                output.rows() ? new YoloV5Decoder(output) : new YoloV8Decoder(output);
        return output.keypoints() == 0
                ? new DetectionPostprocessor(decoder)
                : new DetectionPostprocessor(decoder, new YoloKeypoints(output));
    }

    /**
     * For a network without its head in the graph, see {@link YoloRawOutputs}.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL} if the outputs are
     *     others, or are for another number of classes or anchors
     */
    public static Postprocessor raw(ModelFile model, NetworkSignature signature) {
        return new DetectionPostprocessor(new YoloRawDecoder(YoloRawOutputs.of(model, signature)));
    }
}
