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

import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import java.util.List;

/**
 * What a family needs of the outputs of its networks, in words, and the failure for a network that
 * has others.
 */
public final class OutputContract {
    private final ModelFile model;
    private final List<TensorInfo> outputs;
    private final String expected;

    /**
     * A contract to hold a network to.
     *
     * @param model the model file
     * @param signature what the network has
     * @param expected what the family needs, such as {@code one output [batch, candidates, 85]}
     */
    public OutputContract(ModelFile model, NetworkSignature signature, String expected) {
        this.model = model;
        this.outputs = signature.outputs();
        this.expected = expected;
    }

    /** The one output, of three dimensions with the batch. */
    public TensorInfo single() {
        if (outputs.size() != 1 || outputs.get(0).rank() != 3) {
            throw unfit("outputs are " + outputs);
        }
        return outputs.get(0);
    }

    /** Place of the output of a name among the outputs. */
    public int named(String name) {
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).name().equals(name)) {
                return i;
            }
        }
        throw unfit("outputs are " + outputs + ", none of them is named '" + name + "'");
    }

    /** Place of the output of a name and of this shape behind the batch among the outputs. */
    public int named(String name, int... shape) {
        int index = named(name);
        TensorInfo output = outputs.get(index);
        boolean fits = output.rank() == shape.length + 1;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = output.dimension(i + 1) == shape[i];
        }
        if (!fits) {
            throw unfit(output);
        }
        return index;
    }

    /** Fails with what one output is. */
    public FrameflowException unfit(TensorInfo output) {
        return unfit("output is " + output);
    }

    /** Fails with what was found, in words that follow "its". */
    public FrameflowException unfit(String found) {
        return new FrameflowException(
                FailureCode.INVALID_MODEL,
                "network %s does not fit the model file: its %s, expected for family %s is %s"
                        .formatted(model.onnx(), found, model.family().label(), expected));
    }
}
