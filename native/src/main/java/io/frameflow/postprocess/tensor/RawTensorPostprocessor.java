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
package io.frameflow.postprocess.tensor;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.geometry.Letterbox;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.result.Findings;
import io.frameflow.result.RawTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds outputs of the network, as they are, to what another post-processing finds. Numbers that are
 * not finite are handed on like others: what they mean is for the consumer to say.
 */
public final class RawTensorPostprocessor implements Postprocessor {
    private final Postprocessor family;
    private final List<Integer> places;
    private final List<TensorInfo> outputs;

    private RawTensorPostprocessor(
            Postprocessor family, List<Integer> places, List<TensorInfo> outputs) {
        this.family = family;
        this.places = places;
        this.outputs = outputs;
    }

    /**
     * Composes with a family's post-processing, which this instance then owns.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL} if the network has
     *     no output of a name that the model file asks for
     */
    public static RawTensorPostprocessor of(
            ModelFile model, NetworkSignature signature, Postprocessor family) {
        return new RawTensorPostprocessor(
                family, ChosenOutputs.of(model, signature), signature.outputs());
    }

    @Override
    public Findings process(
            List<FloatBuffer> tensors,
            int image,
            Letterbox letterbox,
            DetectionThresholds thresholds) {
        List<RawTensor> chosen = new ArrayList<>(places.size());
        for (int place : places) {
            chosen.add(tensor(outputs.get(place), tensors.get(place), image));
        }
        return family.process(tensors, image, letterbox, thresholds).withTensors(chosen);
    }

    private static RawTensor tensor(TensorInfo output, FloatBuffer numbers, int image) {
        int elements = output.elementsPerImage();
        byte[] data = new byte[Math.multiplyExact(elements, Float.BYTES)];
        ByteBuffer.wrap(data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .put(0, numbers, image * elements, elements);
        List<Integer> shape = output.shape().subList(1, output.rank());
        return new RawTensor(output.name(), RawTensor.DataType.FLOAT32, shape, data);
    }
}
