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
package io.frameflow.cuda.kernel;

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.engine.ElementType;
import io.frameflow.postprocess.face.YuFaceOutputs;
import io.frameflow.resource.Rollback;
import java.util.List;
import java.util.Optional;

/** Decodes YuFaceDetectNet's outputs; see {@code yuface_candidates.cu}. */
public final class YuFaceCandidatesKernel implements CandidateKernel {
    private final DeviceBuffer priors;
    private final LandmarkBuffer landmarks;
    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * Prepares the kernel.
     *
     * @param layout what the outputs hold
     * @param type type of the elements of all
     * @param outputs the network's outputs for a batch, in the order of its signature
     * @param target receives what is kept
     */
    public YuFaceCandidatesKernel(
            YuFaceOutputs layout,
            ElementType type,
            List<DeviceBuffer> outputs,
            CandidateTarget target) {
        KernelSource source =
                KernelSource.load("yuface_candidates", "INPUT_HALF=" + HalfFlag.of(type));
        int count = layout.priors().count();
        try (Rollback rollback = new Rollback()) {
            priors = rollback.add(DeviceFloats.of(layout.priors().numbers()));
            landmarks =
                    rollback.add(
                            new LandmarkBuffer(target.batch(), count, YuFaceOutputs.LANDMARKS));
            module = rollback.add(target.module(source, "yufaceCandidates"));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(outputs.get(layout.location()).address())
                                    .address(outputs.get(layout.confidence()).address())
                                    .address(outputs.get(layout.overlap()).address())
                                    .address(priors.address())
                                    .structure(
                                            fields ->
                                                    fields.putInt(count)
                                                            .putInt(layout.logits() ? 1 : 0)
                                                            .putFloat(YuFaceOutputs.CENTER_VARIANCE)
                                                            .putFloat(YuFaceOutputs.WIDTH_VARIANCE)
                                                            .putFloat(
                                                                    YuFaceOutputs.HEIGHT_VARIANCE))
                                    .address(landmarks.address())
                                    .structure(target::putSink)
                                    .on(
                                            module,
                                            AnchorGrid.of(count, target.batch()),
                                            AnchorGrid.block()));
            rollback.commit();
        }
    }

    @Override
    public void launch(CudaStream stream) {
        launch.launch(stream);
    }

    @Override
    public Optional<KeypointSource> keypoints() {
        return Optional.of(landmarks.source());
    }

    @Override
    public void close() {
        launch.close();
        module.close();
        landmarks.close();
        priors.close();
    }
}
