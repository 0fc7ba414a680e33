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
package io.frameflow.postprocess.finished;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.DetectionPostprocessor;
import io.frameflow.postprocess.Postprocessor;

/** Makes what reads the outputs of networks that have suppressed overlapping boxes themselves. */
public final class FinishedPostprocessors {
    private FinishedPostprocessors() {}

    /**
     * For a network of the model file's family, see {@link FinishedOutputs}.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL} if the outputs are
     *     others
     */
    public static Postprocessor of(ModelFile model, NetworkSignature signature) {
        return DetectionPostprocessor.withoutSuppression(
                new FinishedDecoder(FinishedOutputs.of(model, signature)));
    }
}
