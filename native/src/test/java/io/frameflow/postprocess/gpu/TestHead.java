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
package io.frameflow.postprocess.gpu;

import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.HalfFloat;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.model.HeadOptions;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.model.Normalization;
import io.frameflow.model.OnnxRuntimeOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A network that is not there: a model file, the shapes of its outputs, and numbers in them. */
final class TestHead {
    private final ModelFile model;
    private final List<TensorInfo> outputs = new ArrayList<>();
    private final List<float[]> numbers = new ArrayList<>();
    private final Set<String> integers = new HashSet<>();

    TestHead(
            Family family,
            int width,
            int height,
            int labels,
            int keypoints,
            HeadOptions options,
            DetectionThresholds thresholds) {
        model =
                new ModelFile(
                        "test",
                        Optional.empty(),
                        family.tasks().iterator().next(),
                        family,
                        Path.of("test.onnx"),
                        new InputSpec(
                                width,
                                height,
                                ColorOrder.RGB,
                                Normalization.UNIT,
                                Scaling.CENTERED,
                                114),
                        thresholds,
                        options,
                        IntStream.range(0, labels).mapToObj(c -> "class " + c).toList(),
                        IntStream.range(0, keypoints).mapToObj(c -> "point " + c).toList(),
                        List.of(),
                        List.of(),
                        OnnxRuntimeOptions.DEFAULT);
    }

    private TestHead(ModelFile model) {
        this.model = model;
    }

    /** A network without outputs for a model file. */
    static TestHead of(ModelFile model) {
        return new TestHead(model);
    }

    /** Adds an output with the numbers of all images. */
    TestHead output(String name, float[] values, int... shape) {
        List<Integer> all = new ArrayList<>(List.of(TensorInfo.DYNAMIC));
        IntStream.of(shape).forEach(all::add);
        outputs.add(new TensorInfo(name, ElementType.FLOAT32, all));
        numbers.add(values);
        return this;
    }

    /** Adds an output of 32-bit integers. */
    TestHead integers(String name, float[] values, int... shape) {
        output(name, values, shape);
        integers.add(name);
        return this;
    }

    boolean isInteger(int output) {
        return integers.contains(outputs.get(output).name());
    }

    /** Rounds all numbers to those that half precision has. */
    void round() {
        for (float[] values : numbers) {
            for (int i = 0; i < values.length; i++) {
                values[i] = HalfFloat.toFloat(HalfFloat.of(values[i]));
            }
        }
    }

    ModelFile model() {
        return model;
    }

    NetworkSignature signature(ElementType type) {
        int height = model.input().height();
        TensorInfo input =
                new TensorInfo(
                        "images",
                        type,
                        List.of(TensorInfo.DYNAMIC, 3, height, model.input().width()));
        return new NetworkSignature(
                input,
                outputs.stream()
                        .map(
                                output ->
                                        new TensorInfo(
                                                output.name(),
                                                typeOf(output, type),
                                                output.shape()))
                        .toList(),
                BatchRange.ANY);
    }

    private ElementType typeOf(TensorInfo output, ElementType type) {
        return integers.contains(output.name()) ? ElementType.INT32 : type;
    }

    float[] numbers(int output) {
        return numbers.get(output);
    }

    List<float[]> numbers() {
        return numbers;
    }

    List<FloatBuffer> buffers() {
        return numbers.stream().map(TestHead::direct).toList();
    }

    private static FloatBuffer direct(float[] values) {
        FloatBuffer buffer =
                ByteBuffer.allocateDirect(values.length * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        return buffer.put(values).rewind();
    }
}
