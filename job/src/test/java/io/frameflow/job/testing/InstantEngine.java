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
package io.frameflow.job.testing;

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
import java.util.List;

/**
 * An engine that returns at once. It looks at nothing and finds one object of class 0 in the middle
 * of each input, in the output layout of YOLOv8.
 */
final class InstantEngine implements HostEngine {
    private static final int CANDIDATES = 8;
    private static final int COLUMNS = 5;
    private static final float SCORE = 0.9f;

    private final InputSpec input;

    InstantEngine(InputSpec input) {
        this.input = input;
    }

    @Override
    public EngineInfo info() {
        return new EngineInfo("instant", "1", "fp32", "0123456789abcdef");
    }

    @Override
    public NetworkSignature signature() {
        return new NetworkSignature(
                new TensorInfo(
                        "images",
                        ElementType.FLOAT32,
                        List.of(TensorInfo.DYNAMIC, 3, input.height(), input.width())),
                List.of(
                        new TensorInfo(
                                "output0",
                                ElementType.FLOAT32,
                                List.of(TensorInfo.DYNAMIC, COLUMNS, CANDIDATES))),
                BatchRange.ANY);
    }

    @Override
    public HostExecution newExecution(int capacity) {
        return new Execution(capacity);
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private final class Execution implements HostExecution {
        private final int capacity;
        private final FloatBuffer images;
        private final FloatBuffer output;

        Execution(int capacity) {
            this.capacity = capacity;
            images = direct(capacity * 3 * input.height() * input.width());
            output = direct(capacity * COLUMNS * CANDIDATES);
            for (int image = 0; image < capacity; image++) {
                putObject(image * COLUMNS * CANDIDATES);
            }
        }

        /** Centre, size and score of the first candidate; all others have a score of 0. */
        private void putObject(int offset) {
            output.put(offset, input.width() / 2f);
            output.put(offset + CANDIDATES, input.height() / 2f);
            output.put(offset + 2 * CANDIDATES, input.width() / 4f);
            output.put(offset + 3 * CANDIDATES, input.height() / 4f);
            output.put(offset + 4 * CANDIDATES, SCORE);
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
            // The outputs stand since the beginning.
        }

        @Override
        public void close() {
            // The garbage collector frees the buffers.
        }
    }

    private static FloatBuffer direct(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
