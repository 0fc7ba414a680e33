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
package io.frameflow.denoise.gpu;

import io.frameflow.cuda.CudaEvent;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;

/** How fast the card copies within its memory. */
final class CopyRate {
    private static final int ROUNDS = 50;

    private CopyRate() {}

    /** Bytes a second, read and written ones. */
    static double measure(CudaStream stream) {
        long bytes = 1L << 30;
        try (DeviceBuffer from = new DeviceBuffer(bytes);
                DeviceBuffer to = new DeviceBuffer(bytes);
                CudaEvent started = new CudaEvent();
                CudaEvent finished = new CudaEvent()) {
            DeviceMemory.copy(from, to, stream);
            started.record(stream);
            for (int i = 0; i < ROUNDS; i++) {
                DeviceMemory.copy(from, to, stream);
            }
            finished.record(stream);
            stream.synchronize();
            return 2.0 * bytes * ROUNDS / finished.nanosSince(started) * 1e9;
        }
    }
}
