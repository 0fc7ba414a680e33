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
package io.frameflow.cuda.kernel;

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.resource.Rollback;

/** Constant numbers on the card. */
final class DeviceFloats {
    private DeviceFloats() {}

    /** Brings numbers to the card and waits until they are there. */
    static DeviceBuffer of(float[] numbers) {
        long bytes = (long) numbers.length * Float.BYTES;
        try (Rollback rollback = new Rollback();
                PinnedBuffer host = new PinnedBuffer(bytes);
                CudaStream stream = new CudaStream()) {
            DeviceBuffer buffer = rollback.add(new DeviceBuffer(bytes));
            host.view().asFloatBuffer().put(numbers);
            buffer.copyFrom(host, bytes, stream);
            stream.synchronize();
            rollback.commit();
            return buffer;
        }
    }
}
