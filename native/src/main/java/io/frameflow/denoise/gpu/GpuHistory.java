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

import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.denoise.FramePlace;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a camera, in device memory: the number of frames, and two planes of words,
 * which take turns in being read and written.
 */
final class GpuHistory implements AutoCloseable {
    private static final int HEADER_BYTES = 256;
    private static final int GROUP = 4;

    private final int width;
    private final int height;
    private final int pitch;
    private final long planeBytes;
    private final DeviceBuffer memory;
    private @Nullable FramePlace last;
    private boolean secondIsNewest;

    GpuHistory(int width, int height) {
        this.width = width;
        this.height = height;
        pitch = pitch(width);
        planeBytes = planeBytes(width, height);
        // Rows are read in whole groups of pixels, also beyond the last one.
        memory = DeviceBuffer.zeroed(bytes(width, height));
    }

    /** Bytes that the history of such pictures takes. */
    static long bytes(int width, int height) {
        return HEADER_BYTES + 2 * planeBytes(width, height);
    }

    private static long planeBytes(int width, int height) {
        long bytes = (long) Integer.BYTES * pitch(width) * height;
        return (bytes + HEADER_BYTES - 1) / HEADER_BYTES * HEADER_BYTES;
    }

    private static int pitch(int width) {
        return (width + GROUP - 1) / GROUP * GROUP;
    }

    /** Whether it is for pictures of that size. */
    boolean fits(int pictureWidth, int pictureHeight) {
        return width == pictureWidth && height == pictureHeight;
    }

    /** Forgets the frames, so that it serves another camera. */
    void begin() {
        last = null;
    }

    /**
     * Notes that a frame will be filtered next.
     *
     * @return whether it begins the history anew
     */
    boolean advance(FramePlace place) {
        FramePlace before = last;
        last = place;
        secondIsNewest = !secondIsNewest;
        return before == null || !place.continues(before);
    }

    /** Words from one row to the next. */
    int pitch() {
        return pitch;
    }

    long frameCount() {
        return memory.address();
    }

    /** The plane to read for the frame that was noted last. */
    long readPlane() {
        return plane(secondIsNewest ? 0 : 1);
    }

    /** The plane to write for it. */
    long writtenPlane() {
        return plane(secondIsNewest ? 1 : 0);
    }

    private long plane(int index) {
        return memory.address() + HEADER_BYTES + index * planeBytes;
    }

    @Override
    public void close() {
        memory.close();
    }
}
