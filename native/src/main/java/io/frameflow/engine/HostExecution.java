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
package io.frameflow.engine;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * Runs batches through a network in the host's memory. Input and outputs are taken once and used
 * again for each batch. Used by one thread at a time.
 */
public interface HostExecution extends AutoCloseable {
    /** Most images a batch. */
    int capacity();

    /**
     * The input of all images, {@code [capacity, 3, height, width]}: a direct buffer in native byte
     * order, to be written by index. Not to be used after {@link #close()}.
     */
    FloatBuffer input();

    /**
     * Each output of all images, in the order of the signature and with the capacity as its first
     * dimension: direct buffers in native byte order, to be read by index. They hold the results of
     * the latest run, and are not to be used after {@link #close()}.
     */
    List<FloatBuffer> outputs();

    /**
     * Turns the input's first images into the outputs' first images, and waits for the end.
     *
     * @param images images in this batch, 1 to {@link #capacity()}
     * @throws io.frameflow.failure.FrameflowException with {@code ENGINE_FAILED} or {@code
     *     OUT_OF_MEMORY}
     */
    void run(int images);

    /** Frees the memory. Does nothing the second time. */
    @Override
    void close();
}
