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
package io.frameflow.pipeline;

import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.ModelFile;

/** What holds for frames without settings of their own, for pipelines of all engines. */
public final class PipelineDefaults {
    private PipelineDefaults() {}

    /**
     * The defaults of a pipeline that runs a model.
     *
     * @param denoise how the pipeline reduces noise
     */
    public static FrameSettings of(ModelFile model, DenoiseSettings denoise) {
        boolean objects = model.family().findsObjects();
        DetectionThresholds thresholds = model.thresholds();
        return new FrameSettings(
                objects ? thresholds.preCluster() : null,
                objects ? thresholds.nmsIou() : null,
                denoise,
                false);
    }
}
