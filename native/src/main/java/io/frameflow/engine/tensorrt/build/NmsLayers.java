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
package io.frameflow.engine.tensorrt.build;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.tensorrt.AppendedNms;
import io.frameflow.engine.tensorrt.TensorRtFailures;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.yolo.YoloOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ILayer;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IPluginCreator;
import org.bytedeco.tensorrt.nvinfer.IPluginCreatorInterface;
import org.bytedeco.tensorrt.nvinfer.IPluginV2;
import org.bytedeco.tensorrt.nvinfer.IPluginV2Layer;
import org.bytedeco.tensorrt.nvinfer.IShuffleLayer;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.bytedeco.tensorrt.nvinfer.Permutation;
import org.bytedeco.tensorrt.nvinfer.PluginField;
import org.bytedeco.tensorrt.nvinfer.PluginFieldCollection;
import org.bytedeco.tensorrt.nvinfer.Weights;

/**
 * Layers behind the head of a YOLO detector, from its candidates to final boxes: boxes and scores
 * are taken apart, scores of classes multiplied by the objectness where there is one, and
 * TensorRT's plugin EfficientNMS suppresses overlapping boxes. It decodes boxes of centre and size
 * itself.
 *
 * <p>TensorRT reads the memory of constants when it builds: this must be open until then.
 */
@SuppressWarnings("deprecation") // The plugin exists as IPluginV2 only.
final class NmsLayers implements AutoCloseable {
    private static final String PLUGIN = "EfficientNMS_TRT";
    private static final String VERSION = "1";

    /** Outputs in the order of the plugin, by the names of the family {@code efficient-nms}. */
    private static final List<String> OUTPUTS =
            List.of("num_dets", "det_boxes", "det_scores", "det_classes");

    /** The plugin's number for boxes of centre and size. */
    private static final int CENTER_SIZE = 1;

    private static final int BOX = 4;

    /** Along the numbers of a candidate in {@code [batch, candidates, numbers]}. */
    private static final int LAST_AXIS = 2;

    private final INetworkDefinition network;
    private final List<Pointer> memory = new ArrayList<>();

    private NmsLayers(INetworkDefinition network) {
        this.network = network;
    }

    /**
     * Adds the layers.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} for a family other than
     *     YOLOv5 and YOLOv8, {@link FailureCode#INVALID_MODEL} if the network's outputs are not the
     *     family's, {@link FailureCode#ENGINE_FAILED} if TensorRT refuses a layer
     */
    static NmsLayers append(ParsedNetwork parsed, ModelFile model, AppendedNms nms) {
        if (model.family() != Family.YOLOV5 && model.family() != Family.YOLOV8) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    "--append-nms is for the families yolov5 and yolov8, not for "
                            + model.family().label());
        }
        NetworkSignature signature =
                parsed.signature()
                        .orElseThrow(
                                () ->
                                        new FrameflowException(
                                                FailureCode.INVALID_MODEL,
                                                "--append-nms needs a network whose number of"
                                                        + " candidates is fixed: export "
                                                        + model.onnx()
                                                        + " with a fixed height and width"));
        YoloOutput layout = YoloOutput.of(model, signature);
        NmsLayers layers = new NmsLayers(parsed.handle());
        try {
            layers.append(layout, nms);
            return layers;
        } catch (RuntimeException e) {
            layers.close();
            throw e;
        }
    }

    private void append(YoloOutput layout, AppendedNms nms) {
        ITensor head = network.getOutput(0);
        network.unmarkOutput(head);
        ITensor rows = layout.rows() ? head : transposed(head);
        ITensor boxes = columns(rows, 0, BOX);
        ITensor scores = columns(rows, layout.firstClass(), layout.classes());
        if (layout.objectness() != YoloOutput.NONE) {
            scores =
                    output(
                            network.addElementWise(
                                    scores,
                                    columns(rows, layout.objectness(), 1),
                                    nvinfer.ElementWiseOperation.kPROD),
                            "addElementWise");
        }
        suppress(boxes, scores, nms);
    }

    private ITensor transposed(ITensor columns) {
        IShuffleLayer layer = network.addShuffle(columns);
        ITensor rows = output(layer, "addShuffle");
        try (Permutation order = new Permutation()) {
            order.order(0, 0);
            order.order(1, 2);
            order.order(2, 1);
            layer.setFirstTranspose(order);
        }
        return rows;
    }

    /** A gather takes any batch; a slice would need its size as a tensor. */
    private ITensor columns(ITensor rows, int first, int count) {
        IntPointer numbers = keep(new IntPointer(IntStream.range(first, first + count).toArray()));
        try (Weights weights = new Weights();
                Dims64 dims = new Dims64()) {
            weights.type(nvinfer.DataType.kINT32);
            weights.values(numbers);
            weights.count(count);
            dims.nbDims(1);
            dims.d(0, count);
            ITensor indices = output(network.addConstant(dims, weights), "addConstant");
            return output(network.addGather(rows, indices, LAST_AXIS), "addGather");
        }
    }

    private void suppress(ITensor boxes, ITensor scores, AppendedNms nms) {
        IPluginCreatorInterface found = nvinfer.getPluginRegistry().getCreator(PLUGIN, VERSION, "");
        TensorRtFailures.check(found != null && !found.isNull(), "getCreator of " + PLUGIN);
        IPluginCreator creator = new IPluginCreator(found);
        try (PluginField fields = fields(nms);
                PluginFieldCollection collection = new PluginFieldCollection()) {
            collection.nbFields((int) fields.capacity());
            collection.fields(fields);
            IPluginV2 plugin = creator.createPlugin("nms", collection);
            TensorRtFailures.check(plugin != null && !plugin.isNull(), "createPlugin");
            PointerPointer<ITensor> inputs = keep(new PointerPointer<>(2));
            inputs.put(0, boxes);
            inputs.put(1, scores);
            IPluginV2Layer layer = network.addPluginV2(inputs, 2, plugin);
            // The network has a copy.
            plugin.destroy();
            for (int i = 0; i < OUTPUTS.size(); i++) {
                ITensor output = output(layer, i, "addPluginV2");
                output.setName(OUTPUTS.get(i));
                network.markOutput(output);
            }
        }
    }

    private PluginField fields(AppendedNms nms) {
        List<PluginValue> values =
                List.of(
                        PluginValue.of("score_threshold", (float) nms.scoreThreshold()),
                        PluginValue.of("iou_threshold", (float) nms.iouThreshold()),
                        PluginValue.of("max_output_boxes", nms.mostObjects()),
                        PluginValue.of("background_class", -1),
                        PluginValue.of("score_activation", 0),
                        PluginValue.of("class_agnostic", nms.classAgnostic() ? 1 : 0),
                        PluginValue.of("box_coding", CENTER_SIZE));
        PluginField fields = new PluginField(values.size());
        for (int i = 0; i < values.size(); i++) {
            PluginValue value = values.get(i);
            PluginField field = fields.getPointer(i);
            // The field holds an address; JavaCPP's setter for texts would copy into what it
            // points to.
            new PointerPointer<>(field).put(0, keep(new BytePointer(value.name())));
            field.data(keep(value.data())).type(value.type()).length(1);
        }
        return fields;
    }

    /** A field of the plugin: a number of 32 bits. */
    private record PluginValue(String name, nvinfer.PluginFieldType type, Number value) {
        static PluginValue of(String name, float value) {
            return new PluginValue(name, nvinfer.PluginFieldType.kFLOAT32, value);
        }

        static PluginValue of(String name, int value) {
            return new PluginValue(name, nvinfer.PluginFieldType.kINT32, value);
        }

        /** The number in memory of its own; arrays, since a single number would be a size. */
        Pointer data() {
            return value instanceof Float
                    ? new FloatPointer(new float[] {value.floatValue()})
                    : new IntPointer(new int[] {value.intValue()});
        }
    }

    private <T extends Pointer> T keep(T pointer) {
        memory.add(pointer);
        return pointer;
    }

    private static ITensor output(ILayer layer, String call) {
        return output(layer, 0, call);
    }

    private static ITensor output(ILayer layer, int index, String call) {
        TensorRtFailures.check(layer != null && !layer.isNull(), call);
        return layer.getOutput(index);
    }

    @Override
    public void close() {
        memory.forEach(Pointer::deallocate);
    }
}
