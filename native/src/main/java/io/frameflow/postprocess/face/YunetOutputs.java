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

import io.frameflow.engine.NetworkSignature;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.OutputContract;
import java.util.ArrayList;
import java.util.List;

/**
 * The twelve outputs of YuNet, checked against the model file.
 *
 * @param levels the grids, the finest first
 */
public record YunetOutputs(List<YunetLevel> levels) {
    /** Landmarks of each face. */
    public static final int LANDMARKS = 5;

    private static final int[] STRIDES = {8, 16, 32};
    private static final int BOX = 4;

    /** Copies the list. */
    public YunetOutputs {
        levels = List.copyOf(levels);
    }

    /**
     * The outputs for the input of a model file.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL} if the outputs are
     *     others, or the model file has more than one label
     */
    public static YunetOutputs of(ModelFile model, NetworkSignature signature) {
        int width = model.input().width();
        int height = model.input().height();
        OutputContract contract =
                new OutputContract(
                        model,
                        signature,
                        ("outputs cls_S [batch, cells, 1], obj_S [batch, cells, 1], bbox_S [batch,"
                                        + " cells, 4] and kps_S [batch, cells, 10] for each stride"
                                        + " S of 8, 16, 32, with %d / S * %d / S cells")
                                .formatted(width, height));
        FaceLabels.check(model, contract);
        List<YunetLevel> levels = new ArrayList<>();
        int firstAnchor = 0;
        for (int stride : STRIDES) {
            int columns = width / stride;
            int rows = height / stride;
            int cells = columns * rows;
            levels.add(
                    new YunetLevel(
                            stride,
                            columns,
                            rows,
                            firstAnchor,
                            contract.named("cls_" + stride, cells, 1),
                            contract.named("obj_" + stride, cells, 1),
                            contract.named("bbox_" + stride, cells, BOX),
                            contract.named("kps_" + stride, cells, 2 * LANDMARKS)));
            firstAnchor += cells;
        }
        return new YunetOutputs(levels);
    }

    /** Cells of all grids. */
    public int anchors() {
        YunetLevel last = levels.get(levels.size() - 1);
        return last.firstAnchor() + last.cells();
    }
}
