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
import io.frameflow.postprocess.yolo.YoloGrid;
import io.frameflow.postprocess.yolo.YoloRawOutputs;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;
import java.util.List;

/** Decodes YOLO networks without their head in the graph; see {@code yolo_raw_candidates.cu}. */
public final class YoloRawCandidatesKernel implements CandidateKernel {
    /** {@code MOST_GRIDS} of the kernel file. */
    private static final int MOST_GRIDS = 4;

    private static final int GRID_BYTES = 48;

    private final DeviceBuffer sides;
    private final KernelModule module;
    private final KernelLaunch launch;

    /**
     * Prepares the kernel.
     *
     * @param layout what the outputs hold, of at most four scales
     * @param type type of the elements of all
     * @param outputs the network's outputs for a batch, in the order of its signature
     * @param target receives what is kept
     */
    public YoloRawCandidatesKernel(
            YoloRawOutputs layout,
            ElementType type,
            List<DeviceBuffer> outputs,
            CandidateTarget target) {
        if (layout.grids().size() > MOST_GRIDS) {
            throw new IllegalArgumentException(
                    layout.grids().size() + " scales, at most " + MOST_GRIDS);
        }
        KernelSource source =
                KernelSource.load("yolo_raw_candidates", "INPUT_HALF=" + HalfFlag.of(type));
        try (Rollback rollback = new Rollback()) {
            sides = rollback.add(DeviceFloats.of(sides(layout.grids())));
            module = rollback.add(target.module(source, "yoloRawCandidates"));
            launch =
                    rollback.add(
                            new KernelLaunch.Arguments()
                                    .structure(fields -> put(fields, layout, outputs))
                                    .address(sides.address())
                                    .structure(target::putSink)
                                    .on(
                                            module,
                                            AnchorGrid.of(layout.anchors(), target.batch()),
                                            AnchorGrid.block()));
            rollback.commit();
        }
    }

    private static float[] sides(List<YoloGrid> grids) {
        List<Float> all = grids.stream().flatMap(grid -> grid.sides().stream()).toList();
        float[] numbers = new float[all.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = all.get(i);
        }
        return numbers;
    }

    /** The fields of {@code Grids}. */
    private static void put(ByteBuffer fields, YoloRawOutputs layout, List<DeviceBuffer> outputs) {
        int start = fields.position();
        int firstShape = 0;
        for (YoloGrid grid : layout.grids()) {
            fields.putLong(outputs.get(grid.output()).address())
                    .putInt(grid.stride())
                    .putInt(grid.columns())
                    .putInt(grid.cells())
                    .putInt(grid.firstAnchor())
                    .putInt(firstShape)
                    .putInt(grid.imageStride())
                    .putInt(grid.shapeStride())
                    .putInt(grid.cellStride())
                    .putInt(grid.channelStride())
                    .putInt(0);
            firstShape += grid.shapes();
        }
        fields.position(start + MOST_GRIDS * GRID_BYTES);
        fields.putInt(layout.grids().size())
                .putInt(layout.classes())
                .putInt(layout.exponential() ? 1 : 0);
    }

    @Override
    public void launch(CudaStream stream) {
        launch.launch(stream);
    }

    @Override
    public void close() {
        launch.close();
        module.close();
        sides.close();
    }
}
