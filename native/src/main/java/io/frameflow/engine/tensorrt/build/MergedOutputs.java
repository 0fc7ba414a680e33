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

import io.frameflow.engine.tensorrt.TensorRtFailures;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.ssd.Priors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IShuffleLayer;
import org.bytedeco.tensorrt.nvinfer.ITensor;

/**
 * Gives outputs a dimension for the images where a network has all images' rows one behind the
 * other, as YuFaceDetectNet's own export has: {@code [images * priors, 14]} becomes {@code [images,
 * priors, 14]}. The numbers stay where they are.
 */
final class MergedOutputs {
    private static final int MERGED_RANK = 2;
    private static final int INFERRED = -1;

    private MergedOutputs() {}

    /** Does so for families that need it, and nothing for others. */
    static void separate(INetworkDefinition network, ModelFile model) {
        if (model.family() != Family.YUFACEDETECTNET) {
            return;
        }
        int rows = Priors.yuFaceDetectNet(model.input().width(), model.input().height()).count();
        // Marking and unmarking changes the list.
        List<ITensor> outputs = new ArrayList<>();
        for (int i = 0; i < network.getNbOutputs(); i++) {
            outputs.add(network.getOutput(i));
        }
        outputs.forEach(output -> separate(network, output, rows));
    }

    private static void separate(INetworkDefinition network, ITensor merged, int rows) {
        try (Dims64 shape = merged.getDimensions();
                Dims64 wanted = new Dims64()) {
            if (shape.nbDims() != MERGED_RANK) {
                return;
            }
            String name = merged.getName();
            network.unmarkOutput(merged);
            merged.setName(name + "_merged");
            IShuffleLayer layer = network.addShuffle(merged);
            TensorRtFailures.check(layer != null && !layer.isNull(), "addShuffle");
            wanted.nbDims(MERGED_RANK + 1);
            wanted.d(0, INFERRED);
            wanted.d(1, rows);
            wanted.d(2, shape.d(1));
            layer.setReshapeDimensions(wanted);
            ITensor separated = layer.getOutput(0);
            separated.setName(name);
            network.markOutput(separated);
        }
    }
}
