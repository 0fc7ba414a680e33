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
import io.frameflow.postprocess.face.YunetLevel;
import io.frameflow.postprocess.face.YunetOutputs;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Decodes YuNet's outputs; see {@code yunet_candidates.cu}. */
public final class YunetCandidatesKernel implements CandidateKernel {
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
    public YunetCandidatesKernel(
            YunetOutputs layout,
            ElementType type,
            List<DeviceBuffer> outputs,
            CandidateTarget target) {
        KernelSource source =
                KernelSource.load("yunet_candidates", "INPUT_HALF=" + HalfFlag.of(type));
        int anchors = layout.anchors();
        try (Rollback rollback = new Rollback()) {
            landmarks =
                    rollback.add(
                            new LandmarkBuffer(target.batch(), anchors, YunetOutputs.LANDMARKS));
            module = rollback.add(target.module(source, "yunetCandidates"));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .structure(fields -> put(fields, layout.levels(), outputs))
                                    .address(landmarks.address())
                                    .structure(target::putSink)
                                    .on(
                                            module,
                                            AnchorGrid.of(anchors, target.batch()),
                                            AnchorGrid.block()));
            rollback.commit();
        }
    }

    /** The fields of {@code Levels}. */
    private static void put(
            ByteBuffer fields, List<YunetLevel> levels, List<DeviceBuffer> outputs) {
        for (YunetLevel level : levels) {
            fields.putLong(outputs.get(level.faceScore()).address())
                    .putLong(outputs.get(level.objectScore()).address())
                    .putLong(outputs.get(level.boxes()).address())
                    .putLong(outputs.get(level.landmarks()).address())
                    .putInt(level.stride())
                    .putInt(level.columns())
                    .putInt(level.cells())
                    .putInt(level.firstAnchor());
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
    }
}
