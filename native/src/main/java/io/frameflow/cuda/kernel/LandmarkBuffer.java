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

import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.engine.ElementType;

/** Landmarks of the candidates of a batch by anchor, {@code x, y} in pixels of the input. */
final class LandmarkBuffer implements AutoCloseable {
    private static final int NUMBERS = 2;

    private final int anchors;
    private final int landmarks;
    private final DeviceBuffer memory;

    LandmarkBuffer(int batch, int anchors, int landmarks) {
        this.anchors = anchors;
        this.landmarks = landmarks;
        memory = new DeviceBuffer((long) batch * anchors * landmarks * NUMBERS * Float.BYTES);
    }

    long address() {
        return memory.address();
    }

    KeypointSource source() {
        int each = NUMBERS * landmarks;
        return new KeypointSource(
                address(), ElementType.FLOAT32, anchors * each, each, 1, 0, landmarks, NUMBERS);
    }

    @Override
    public void close() {
        memory.close();
    }
}
