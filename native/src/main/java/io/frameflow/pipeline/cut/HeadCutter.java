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
package io.frameflow.pipeline.cut;

import io.frameflow.engine.BatchRange;
import io.frameflow.engine.HostEngine;
import io.frameflow.engine.HostExecution;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.engine.onnx.OnnxRuntimeEngine;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.file.DurableFile;
import io.frameflow.model.Family;
import io.frameflow.model.HeadOptions;
import io.frameflow.model.ModelFile;
import io.frameflow.onnx.OnnxNetwork;
import io.frameflow.onnx.OnnxOutput;
import io.frameflow.postprocess.yolo.YoloGrid;
import io.frameflow.postprocess.yolo.YoloOutput;
import io.frameflow.postprocess.yolo.YoloRawOutputs;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a network of family {@code yolov5-raw} of one of family {@code yolov5}: it ends at the last
 * convolutions, and what the graph had behind them is done by post-processing. Both networks run on
 * noise, and whatever the head looked like, the one is only taken for the other if all rows agree.
 */
public final class HeadCutter {
    private static final int SEVERAL = 2;

    private final ModelFile model;
    private final Path folder;

    private HeadCutter(ModelFile model, Path folder) {
        this.model = model;
        this.folder = folder;
    }

    /**
     * Cuts the head off.
     *
     * @param model the model file of the whole network
     * @param folder an empty folder for files in between
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL} if the network is of
     *     another family, cannot be run, or says something else without its head
     */
    public static CutHead cut(ModelFile model, Path folder) {
        if (model.family() != Family.YOLOV5) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL,
                    "%s is of family %s: only heads of family %s can be cut off"
                            .formatted(
                                    model.onnx(), model.family().label(), Family.YOLOV5.label()));
        }
        return new HeadCutter(model, folder).cut();
    }

    private CutHead cut() {
        OnnxNetwork whole = OnnxNetwork.read(model.onnx());
        try (HostEngine engine = open(model.onnx())) {
            YoloOutput output = YoloOutput.of(model, engine.signature());
            OnnxNetwork network = whole.endingAt(ends(whole, output));
            try (HostEngine cut = open(write(network, "cut.onnx"))) {
                return compared(
                        engine,
                        cut,
                        grids(model, cut.signature(), output.channels()),
                        network,
                        whole.operators() - network.operators());
            }
        }
    }

    /** Where the network shall end: the outputs of the head's convolutions, the finest first. */
    private List<OnnxOutput> ends(OnnxNetwork whole, YoloOutput output) {
        List<TensorInfo> tensors =
                new ArrayList<>(shapesOf(whole, whole.lastConvolutions(), output));
        int rows = 0;
        for (TensorInfo tensor : tensors) {
            if (!isScale(tensor, output.channels())) {
                throw unfit(tensors.toString(), output);
            }
            rows += tensor.elementsPerImage() / output.channels();
        }
        if (rows != output.anchors()) {
            throw unfit(tensors + " with " + rows + " boxes", output);
        }
        if (tensors.size() > HeadOptions.MOST_SCALES) {
            throw uncut(
                    "it has %d scales, and networks without their heads may have %d"
                            .formatted(tensors.size(), HeadOptions.MOST_SCALES),
                    null);
        }
        tensors.sort(Comparator.comparing(tensor -> -tensor.dimension(3)));
        boolean fixed = whole.hasFixedSides();
        return tensors.stream()
                .map(
                        tensor ->
                                new OnnxOutput(
                                        tensor.name(),
                                        List.of(
                                                tensor.dimension(1),
                                                fixed ? tensor.dimension(2) : OnnxOutput.OPEN,
                                                fixed ? tensor.dimension(3) : OnnxOutput.OPEN)))
                .toList();
    }

    private boolean isScale(TensorInfo tensor, int channels) {
        if (tensor.rank() != 4 || tensor.dimension(1) % channels != 0) {
            return false;
        }
        int stride = model.input().width() / tensor.dimension(3);
        return stride * tensor.dimension(3) == model.input().width()
                && stride * tensor.dimension(2) == model.input().height();
    }

    private List<TensorInfo> shapesOf(OnnxNetwork whole, List<String> names, YoloOutput output) {
        if (names.isEmpty()) {
            throw unfit("none", output);
        }
        List<OnnxOutput> ends = names.stream().map(OnnxOutput::of).toList();
        try (HostEngine engine = open(write(whole.endingAt(ends), "probe.onnx"))) {
            return engine.signature().outputs();
        } catch (FrameflowException e) {
            if (e.code() != FailureCode.INVALID_MODEL) {
                throw e;
            }
            throw uncut("it cannot end at " + names + ": " + e.getMessage(), e);
        }
    }

    private static List<YoloGrid> grids(ModelFile model, NetworkSignature signature, int channels) {
        List<List<Double>> unknown =
                signature.outputs().stream()
                        .map(output -> Collections.nCopies(2 * output.dimension(1) / channels, 1.0))
                        .toList();
        return YoloRawOutputs.of(model.withoutHead(unknown), signature).grids();
    }

    private CutHead compared(
            HostEngine whole,
            HostEngine cut,
            List<YoloGrid> grids,
            OnnxNetwork network,
            int operators) {
        BatchRange batch = whole.signature().batch();
        int images = batch.equals(BatchRange.ANY) ? SEVERAL : batch.most();
        try (HostExecution rows = whole.newExecution(images);
                HostExecution maps = cut.newExecution(images)) {
            Noise.fill(rows.input(), images, model.input());
            Noise.fill(maps.input(), images, model.input());
            rows.run(images);
            maps.run(images);
            FloatBuffer output = rows.outputs().get(0);
            List<List<Double>> anchors = HeadAnchors.find(grids, maps.outputs(), output);
            RowCheck check = new RowCheck(grids, anchors);
            Optional<String> disagreement = check.compare(maps.outputs(), output, images);
            if (disagreement.isPresent()) {
                throw uncut(
                        disagreement.get()
                                + "; only heads can be cut off that give YOLOv5's rows in the order"
                                + " scale, anchor, row, column",
                        null);
            }
            return new CutHead(
                    network,
                    model.withoutHead(anchors),
                    cut.signature().outputs(),
                    whole.signature().outputs().get(0).dimension(1),
                    operators,
                    check.boxDifference(),
                    check.scoreDifference());
        }
    }

    private OnnxRuntimeEngine open(Path network) {
        return OnnxRuntimeEngine.open(network, model.input(), model.onnxRuntime());
    }

    private Path write(OnnxNetwork network, String name) {
        Path file = folder.resolve(name);
        DurableFile.write(file, network.bytes());
        return file;
    }

    private FrameflowException unfit(String convolutions, YoloOutput output) {
        return uncut(
                "the convolutions behind which its head begins are %s; expected is one for each scale, [batch, anchors * %d, rows, columns], with %d boxes together"
                        .formatted(convolutions, output.channels(), output.anchors()),
                null);
    }

    private FrameflowException uncut(String reason, @Nullable Exception cause) {
        return new FrameflowException(
                FailureCode.INVALID_MODEL,
                "cannot cut off the head of " + model.onnx() + ": " + reason,
                cause);
    }
}
