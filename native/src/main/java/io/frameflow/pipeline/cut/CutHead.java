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
package io.frameflow.pipeline.cut;

import io.frameflow.engine.TensorInfo;
import io.frameflow.model.ModelFile;
import io.frameflow.onnx.OnnxNetwork;
import java.util.List;

/**
 * A network without its head that was found to say the same as with it.
 *
 * @param network the network
 * @param model the model file for it, which still names the network that it was made of
 * @param outputs its outputs, the finest scale first
 * @param boxes boxes that it gives for an image, all of which were compared
 * @param operatorsLeftOut operators that it lacks
 * @param boxDifference largest difference of a box's centre or side from the whole network, in
 *     pixels
 * @param scoreDifference largest difference of an objectness or score
 */
public record CutHead(
        OnnxNetwork network,
        ModelFile model,
        List<TensorInfo> outputs,
        int boxes,
        int operatorsLeftOut,
        double boxDifference,
        double scoreDifference) {
    /** Copies the list. */
    public CutHead {
        outputs = List.copyOf(outputs);
    }

    /** Anchors of each scale, {@code width, height} of each, in pixels of the input. */
    public List<List<Double>> anchors() {
        return model.head().anchors();
    }
}
