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
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.denoise.FramePlace;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a camera, in device memory: the number of frames, and means of its pictures
 * in two places, which take turns in being read and written.
 */
final class GpuHistory implements AutoCloseable {
    private static final int HEADER_BYTES = 256;

    private final Shape shape;
    private final DeviceBuffer memory;
    private @Nullable FramePlace last;
    private boolean secondIsNewest;

    /** What pictures must have in common to rest on each other. */
    record Shape(int width, int height, PictureLayout layout) {
        /** Columns that kernels read and write at a time. */
        private static final int GROUP_OF_PIXELS = 4;

        private static final int GROUP_OF_PLANES = 8;

        static Shape of(GpuPicture picture) {
            return new Shape(picture.width(), picture.height(), picture.layout());
        }

        /** Means of pixels, or of luma, from one row to the next: whole groups. */
        int pitch() {
            int group = layout.isInPlanes() ? GROUP_OF_PLANES : GROUP_OF_PIXELS;
            return (width + group - 1) / group * group;
        }

        /** Bytes of the means of a picture. */
        private long meansBytes() {
            long bytes;
            if (layout.isInPlanes()) {
                // Blocks are two rows high.
                long rows = (height + 1) / 2 * 2L;
                bytes = (long) Character.BYTES * pitch() * (rows + chromaRows());
            } else {
                bytes = (long) Integer.BYTES * pitch() * height;
            }
            return (bytes + HEADER_BYTES - 1) / HEADER_BYTES * HEADER_BYTES;
        }

        /** Rows of both planes of chroma, as if they were as wide as luma. */
        private long chromaRows() {
            return switch (layout) {
                case NV12, YUV420 -> (height + 1) / 2;
                case YUV422 -> height;
                case YUV444 -> 2L * height;
                default -> 0;
            };
        }

        /** Bytes that the history of such pictures takes. */
        long bytes() {
            return HEADER_BYTES + 2 * meansBytes();
        }
    }

    GpuHistory(Shape shape) {
        this.shape = shape;
        // Rows are read in whole groups, also beyond the last pixel.
        memory = DeviceBuffer.zeroed(shape.bytes());
    }

    /** Whether it is for such pictures. */
    boolean fits(Shape pictures) {
        return shape.equals(pictures);
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

    long frameCount() {
        return memory.address();
    }

    /** The means to read for the frame that was noted last. */
    long readMeans() {
        return means(secondIsNewest ? 0 : 1);
    }

    /** The means to write for it. */
    long writtenMeans() {
        return means(secondIsNewest ? 1 : 0);
    }

    private long means(int index) {
        return memory.address() + HEADER_BYTES + index * shape.meansBytes();
    }

    @Override
    public void close() {
        memory.close();
    }
}
