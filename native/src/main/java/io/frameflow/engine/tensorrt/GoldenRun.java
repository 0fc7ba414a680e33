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
package io.frameflow.engine.tensorrt;

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.Pointer;

/** Runs an engine once on the golden frame: the smallest batch of numbers between 0 and 1. */
public final class GoldenRun {
    private static final int SAMPLES = 512;

    private GoldenRun() {}

    /**
     * What a plan makes of it that has just been built; its card must be current.
     *
     * @throws io.frameflow.failure.FrameflowException if the plan cannot be loaded, or takes and
     *     gives what is not supported
     */
    public static GoldenFrame record(Pointer plan) {
        try (TensorRtEngine engine = TensorRtEngine.ofMemory(plan)) {
            return run(engine);
        }
    }

    /** What the engine makes of it; its card must be current. */
    static GoldenFrame run(TensorRtEngine engine) {
        NetworkSignature signature = engine.signature();
        int batch = signature.batch().least();
        // Closes everything at the end: nothing is committed.
        try (Rollback memory = new Rollback()) {
            CudaStream stream = memory.add(new CudaStream());
            Map<String, DeviceBuffer> tensors = new HashMap<>();
            TensorInfo input = signature.input();
            PinnedBuffer source = memory.add(new PinnedBuffer(batch * input.bytesPerImage()));
            fill(input, source.view());
            DeviceBuffer target = memory.add(new DeviceBuffer(source.bytes()));
            tensors.put(input.name(), target);
            for (TensorInfo output : signature.outputs()) {
                DeviceBuffer buffer = memory.add(new DeviceBuffer(batch * output.bytesPerImage()));
                buffer.clear(stream);
                tensors.put(output.name(), buffer);
            }
            DeviceBuffer scratch = memory.add(new DeviceBuffer(Math.max(1, engine.contextBytes())));
            TensorRtContext context =
                    memory.add(new TensorRtContext(engine, batch, tensors, scratch));
            target.copyFrom(source, source.bytes(), stream);
            context.enqueue(stream);
            stream.synchronize();
            List<GoldenOutput> outputs = new ArrayList<>();
            for (TensorInfo output : signature.outputs()) {
                DeviceBuffer buffer = Objects.requireNonNull(tensors.get(output.name()));
                outputs.add(read(output, buffer, stream));
            }
            return new GoldenFrame(outputs);
        }
    }

    /** Numbers that are spread evenly between 0 and 1 and the same everywhere. */
    public static void fill(TensorInfo tensor, ByteBuffer target) {
        int bytes = tensor.type().bytes();
        int count = target.capacity() / bytes;
        TensorNumbers numbers = new TensorNumbers(tensor);
        for (int i = 0; i < count; i++) {
            numbers.put(target, i, scaled(tensor.type(), unit(i)));
        }
    }

    /** Whole numbers between 0 and 255, or -128 and 127. */
    private static float scaled(ElementType type, float value) {
        return switch (type) {
            case FLOAT32, FLOAT16, OTHER -> value;
            case INT8 -> (float) Math.floor(value * 256 - 128);
            case UINT8, INT32, INT64 -> value * 256;
        };
    }

    /** The generator SplitMix64 at one place of its sequence. */
    private static float unit(long index) {
        long z = (index + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return ((z ^ z >>> 31) >>> 40) * 0x1p-24f;
    }

    private static GoldenOutput read(TensorInfo tensor, DeviceBuffer device, CudaStream stream) {
        try (PinnedBuffer host = new PinnedBuffer(tensor.bytesPerImage())) {
            device.copyTo(host, host.bytes(), stream);
            stream.synchronize();
            return sample(tensor, host.view());
        }
    }

    /** Numbers of the first image, at places spread evenly. */
    static GoldenOutput sample(TensorInfo tensor, ByteBuffer contents) {
        int elements = tensor.elementsPerImage();
        int count = Math.min(SAMPLES, elements);
        List<Float> samples = new ArrayList<>(count);
        TensorNumbers numbers = new TensorNumbers(tensor);
        for (int i = 0; i < count; i++) {
            float value = numbers.get(contents, (int) ((long) i * elements / count));
            samples.add(Float.isFinite(value) ? value : Float.NaN);
        }
        return new GoldenOutput(tensor.name(), samples);
    }
}
