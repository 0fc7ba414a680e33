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
package io.frameflow.postprocess.yolo;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.OutputContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The outputs of a YOLO network without its head in the graph, checked against the model file.
 *
 * @param grids the scales, the finest first
 * @param classes classes that it tells apart
 * @param exponential whether width and height are exponents, as in YOLOv3; otherwise they are
 *     squares of the logistic function, as in YOLOv5
 */
public record YoloRawOutputs(List<YoloGrid> grids, int classes, boolean exponential) {
    /** Numbers of a candidate before the scores of classes. */
    public static final int FIRST_CLASS = 5;

    /** Copies the list. */
    public YoloRawOutputs {
        grids = List.copyOf(grids);
    }

    /**
     * The outputs for the input and the anchors of a model file.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL} if the outputs are
     *     others, or are for another number of classes or anchors
     */
    public static YoloRawOutputs of(ModelFile model, NetworkSignature signature) {
        List<List<Double>> anchors = model.head().anchors();
        OutputContract contract = contract(model, signature);
        List<TensorInfo> outputs = signature.outputs();
        if (outputs.size() != anchors.size()
                || outputs.stream().anyMatch(output -> output.rank() < 4 || output.rank() > 5)) {
            throw contract.unfit("outputs are " + outputs);
        }
        List<Integer> finestFirst =
                IntStream.range(0, outputs.size())
                        .boxed()
                        .sorted(Comparator.comparing(index -> -columns(outputs.get(index))))
                        .toList();
        List<YoloGrid> grids = new ArrayList<>();
        int firstAnchor = 0;
        for (int scale = 0; scale < outputs.size(); scale++) {
            int output = finestFirst.get(scale);
            List<Float> sides = anchors.get(scale).stream().map(Double::floatValue).toList();
            YoloGrid grid = grid(model, contract, outputs.get(output), output, sides, firstAnchor);
            grids.add(grid);
            firstAnchor += grid.candidates();
        }
        int classes = grids.get(0).channels() - FIRST_CLASS;
        return new YoloRawOutputs(grids, classes, model.family() == Family.YOLOV3_RAW);
    }

    private static OutputContract contract(ModelFile model, NetworkSignature signature) {
        int labels = model.labels().size();
        String numbers = labels == 0 ? "(5 + classes)" : "(5 + %d classes)".formatted(labels);
        return new OutputContract(
                model,
                signature,
                ("%d outputs, one for each list of head.anchors, of [batch, anchors * %s, rows,"
                                + " columns] or [batch, anchors, rows, columns, %s], with %d /"
                                + " stride columns and %d / stride rows")
                        .formatted(
                                model.head().anchors().size(),
                                numbers,
                                numbers,
                                model.input().width(),
                                model.input().height()));
    }

    private static int columns(TensorInfo output) {
        return output.dimension(3);
    }

    private static YoloGrid grid(
            ModelFile model,
            OutputContract contract,
            TensorInfo tensor,
            int output,
            List<Float> sides,
            int firstAnchor) {
        boolean channelsLast = tensor.rank() == 5;
        int shapes = sides.size() / 2;
        int channels = channelsLast ? tensor.dimension(4) : tensor.dimension(1) / shapes;
        int columns = columns(tensor);
        int rows = tensor.dimension(2);
        int stride = model.input().width() / columns;
        int labels = model.labels().size();
        boolean fits =
                (channelsLast
                                ? tensor.dimension(1) == shapes
                                : tensor.dimension(1) == shapes * channels)
                        && stride * columns == model.input().width()
                        && stride * rows == model.input().height()
                        && channels > FIRST_CLASS
                        && (labels == 0 || channels == FIRST_CLASS + labels);
        if (!fits) {
            throw contract.unfit(tensor);
        }
        return new YoloGrid(
                output, stride, columns, rows, firstAnchor, sides, channels, channelsLast);
    }

    /** Candidates of all scales. */
    public int anchors() {
        YoloGrid last = grids.get(grids.size() - 1);
        return last.firstAnchor() + last.candidates();
    }
}
