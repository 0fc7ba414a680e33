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
package io.frameflow.pipeline.cpu;

import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.HostEngine;
import io.frameflow.engine.HostExecution;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.model.InputSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** An engine whose one output is the first number of each image. */
final class FakeEngine implements HostEngine {
    private final InputSpec input;
    private final BatchRange batch;
    private final AtomicInteger openExecutions = new AtomicInteger();
    private final List<Integer> runs = Collections.synchronizedList(new ArrayList<>());
    private volatile IntConsumer onRun = images -> {};
    private volatile int executionsAllowed = Integer.MAX_VALUE;
    private final AtomicInteger closed = new AtomicInteger();

    FakeEngine(InputSpec input, BatchRange batch) {
        this.input = input;
        this.batch = batch;
    }

    /** Does something at the beginning of each run, on its thread. */
    void onRun(IntConsumer action) {
        onRun = action;
    }

    /** Fails to open more executions than this. */
    void allowExecutions(int count) {
        executionsAllowed = count;
    }

    /** Images of each run so far. */
    List<Integer> runs() {
        return List.copyOf(runs);
    }

    int openExecutions() {
        return openExecutions.get();
    }

    /** How often it was closed. */
    int closed() {
        return closed.get();
    }

    @Override
    public EngineInfo info() {
        return new EngineInfo("fake", "1", "fp32", "0123456789abcdef");
    }

    @Override
    public NetworkSignature signature() {
        int size = batch.equals(BatchRange.ANY) ? TensorInfo.DYNAMIC : batch.most();
        return new NetworkSignature(
                new TensorInfo(
                        "images",
                        ElementType.FLOAT32,
                        List.of(size, 3, input.height(), input.width())),
                List.of(new TensorInfo("first", ElementType.FLOAT32, List.of(size, 1))),
                batch);
    }

    @Override
    public HostExecution newExecution(int capacity) {
        if (openExecutions.get() == executionsAllowed) {
            throw new IllegalStateException("no more executions");
        }
        openExecutions.incrementAndGet();
        return new Execution(capacity);
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    private final class Execution implements HostExecution {
        private final int capacity;
        private final int each = 3 * input.width() * input.height();
        private final FloatBuffer images;
        private final FloatBuffer output;

        Execution(int capacity) {
            this.capacity = capacity;
            images = direct(capacity * each);
            output = direct(capacity);
        }

        private static FloatBuffer direct(int count) {
            return ByteBuffer.allocateDirect(count * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }

        @Override
        public int capacity() {
            return capacity;
        }

        @Override
        public FloatBuffer input() {
            return images;
        }

        @Override
        public List<FloatBuffer> outputs() {
            return List.of(output);
        }

        @Override
        public void run(int count) {
            onRun.accept(count);
            runs.add(count);
            for (int image = 0; image < count; image++) {
                output.put(image, images.get(image * each));
            }
        }

        @Override
        public void close() {
            openExecutions.decrementAndGet();
        }
    }
}
