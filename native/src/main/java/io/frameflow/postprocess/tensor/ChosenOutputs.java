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
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import java.util.ArrayList;
import java.util.List;

/** The outputs of a network that a model file asks for as they are. */
public final class ChosenOutputs {
    private ChosenOutputs() {}

    /**
     * Their places among the network's outputs, in the order of the model file; all of them, in the
     * network's order, where it names none.
     *
     * @throws FrameflowException with {@code INVALID_MODEL} if the network has no output of a name
     */
    public static List<Integer> of(ModelFile model, NetworkSignature signature) {
        List<String> names = signature.outputs().stream().map(TensorInfo::name).toList();
        List<String> wanted = model.outputTensors().isEmpty() ? names : model.outputTensors();
        List<Integer> places = new ArrayList<>(wanted.size());
        for (String name : wanted) {
            int place = names.indexOf(name);
            if (place < 0) {
                throw new FrameflowException(
                        FailureCode.INVALID_MODEL,
                        "network %s has no output '%s', which output-tensors names; it has %s"
                                .formatted(model.onnx(), name, signature.outputs()));
            }
            places.add(place);
        }
        return places;
    }
}
