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
import io.frameflow.postprocess.yolo.YoloOutput;
import io.frameflow.resource.Rollback;
import java.util.Optional;

/**
 * Decodes the output of YOLO networks with their head in the graph; see {@code yolo_candidates.cu}.
 * Keypoints stay in the output.
 */
public final class YoloCandidatesKernel implements CandidateKernel {
    private final YoloOutput layout;
    private final ElementType type;
    private final DeviceBuffer output;
    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * Prepares the kernel.
     *
     * @param layout what the output holds
     * @param type type of its elements
     * @param output the network's output for a batch
     * @param target receives what is kept
     */
    public YoloCandidatesKernel(
            YoloOutput layout, ElementType type, DeviceBuffer output, CandidateTarget target) {
        this.layout = layout;
        this.type = type;
        this.output = output;
        KernelSource source =
                KernelSource.load("yolo_candidates", "INPUT_HALF=" + HalfFlag.of(type));
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(target.module(source, "yoloCandidates"));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(output.address())
                                    .structure(
                                            fields ->
                                                    fields.putInt(layout.anchors())
                                                            .putInt(layout.channels())
                                                            .putInt(layout.anchorStride())
                                                            .putInt(layout.channelStride())
                                                            .putInt(layout.objectness())
                                                            .putInt(layout.firstClass())
                                                            .putInt(layout.classes()))
                                    .structure(target::putSink)
                                    .on(
                                            module,
                                            AnchorGrid.of(layout.anchors(), target.batch()),
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
        return layout.keypoints() == 0
                ? Optional.empty()
                : Optional.of(
                        new KeypointSource(
                                output.address(),
                                type,
                                layout.anchors() * layout.channels(),
                                layout.anchorStride(),
                                layout.channelStride(),
                                layout.firstKeypoint(),
                                layout.keypoints(),
                                layout.keypointNumbers()));
    }

    @Override
    public void close() {
        launch.close();
        module.close();
    }
}
