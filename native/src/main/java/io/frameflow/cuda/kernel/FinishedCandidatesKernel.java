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
import io.frameflow.postprocess.finished.FinishedOutputs;
import io.frameflow.resource.Rollback;
import java.util.List;

/**
 * Takes over what a network with suppression in its graph has detected; see {@code
 * finished_candidates.cu}.
 */
public final class FinishedCandidatesKernel implements CandidateKernel {
    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * Prepares the kernel.
     *
     * @param layout what the outputs hold
     * @param type type of the boxes and scores; counts and classes of their own are 32-bit integers
     * @param outputs the network's outputs for a batch, in the order of its signature
     * @param target receives what is kept
     */
    public FinishedCandidatesKernel(
            FinishedOutputs layout,
            ElementType type,
            List<DeviceBuffer> outputs,
            CandidateTarget target) {
        KernelSource source =
                KernelSource.load(
                        "finished_candidates",
                        "INPUT_HALF=" + HalfFlag.of(type),
                        "JOINED=" + (layout.joined() ? 1 : 0));
        try (Rollback rollback = new Rollback()) {
            module = rollback.add(target.module(source, "finishedCandidates"));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .address(outputs.get(layout.boxes()).address())
                                    .address(outputs.get(layout.scores()).address())
                                    .address(outputs.get(layout.counts()).address())
                                    .address(outputs.get(layout.classIds()).address())
                                    .structure(
                                            fields ->
                                                    fields.putInt(layout.rows())
                                                            .putInt(layout.classes()))
                                    .structure(target::putSink)
                                    .on(
                                            module,
                                            AnchorGrid.of(layout.rows(), target.batch()),
                                            AnchorGrid.block()));
            rollback.commit();
        }
    }

    @Override
    public void launch(CudaStream stream) {
        launch.launch(stream);
    }

    @Override
    public void close() {
        launch.close();
        module.close();
    }
}
