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
package io.frameflow.postprocess.face;

import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.OutputContract;

/** The labels of a model that knows faces only. */
final class FaceLabels {
    private FaceLabels() {}

    /** Fails if the model file has labels for more than the one class. */
    static void check(ModelFile model, OutputContract contract) {
        if (model.labels().size() > 1) {
            throw contract.unfit(
                    "one class is the face, but there are " + model.labels().size() + " labels");
        }
    }
}
