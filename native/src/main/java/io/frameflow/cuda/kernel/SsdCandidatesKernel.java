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
import io.frameflow.postprocess.ssd.SsdEncoding;
import io.frameflow.postprocess.ssd.SsdOutputs;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;

/** Decodes the outputs of SSD networks; see {@code ssd_candidates.cu}. */
public final class SsdCandidatesKernel implements CandidateKernel {
    private final DeviceBuffer priors;
    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * Prepares the kernel.
     *
     * @param layout what the outputs hold
     * @param type type of the elements of both
     * @param boxes the network's boxes for a batch
     * @param scores the network's scores for a batch
     * @param target receives what is kept
     */
    public SsdCandidatesKernel(
            SsdOutputs layout,
            ElementType type,
            DeviceBuffer boxes,
            DeviceBuffer scores,
            CandidateTarget target) {
        KernelSource source =
                KernelSource.load("ssd_candidates", "INPUT_HALF=" + HalfFlag.of(type));
        int count = layout.priors().count();
        try (Rollback rollback = new Rollback()) {
            priors = rollback.add(DeviceFloats.of(layout.priors().numbers()));
            module = rollback.add(target.module(source, "ssdCandidates"));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(boxes.address())
                                    .address(scores.address())
                                    .address(priors.address())
                                    .structure(fields -> put(fields, layout))
                                    .structure(target::putSink)
                                    .on(
                                            module,
                                            AnchorGrid.of(count, target.batch()),
                                            AnchorGrid.block()));
            rollback.commit();
        }
    }

    /** The fields of {@code SsdParameters}. */
    private static void put(ByteBuffer fields, SsdOutputs layout) {
        SsdEncoding encoding = layout.encoding();
        fields.putInt(layout.priors().count())
                .putInt(1 + layout.classes())
                .putInt(layout.inputWidth())
                .putInt(layout.inputHeight())
                .putInt(encoding.decoded() ? 1 : 0)
                .putInt(encoding.logits() ? 1 : 0)
                .putInt(encoding.clipped() ? 1 : 0)
                .putFloat(encoding.centerVariance())
                .putFloat(encoding.sizeVariance())
                .putFloat(encoding.mostGrowth());
    }

    @Override
    public void launch(CudaStream stream) {
        launch.launch(stream);
    }

    @Override
    public void close() {
        launch.close();
        module.close();
        priors.close();
    }
}
