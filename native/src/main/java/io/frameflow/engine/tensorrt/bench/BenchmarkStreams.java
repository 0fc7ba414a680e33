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
package io.frameflow.engine.tensorrt.bench;

import io.frameflow.cuda.CudaStream;
import io.frameflow.resource.Rollback;

/** The three queues of a measurement, which overlap. */
final class BenchmarkStreams implements AutoCloseable {
    private final CudaStream input;
    private final CudaStream compute;
    private final CudaStream output;

    BenchmarkStreams() {
        try (Rollback rollback = new Rollback()) {
            input = rollback.add(new CudaStream());
            compute = rollback.add(new CudaStream());
            output = rollback.add(new CudaStream());
            rollback.commit();
        }
    }

    CudaStream input() {
        return input;
    }

    CudaStream compute() {
        return compute;
    }

    CudaStream output() {
        return output;
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(input);
            everything.add(compute);
            everything.add(output);
        }
    }
}
