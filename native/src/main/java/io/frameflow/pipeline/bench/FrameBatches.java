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
package io.frameflow.pipeline.bench;

import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches of encoded pictures for a measurement. Every frame has its bytes for itself, and there
 * are so many that the processor's caches do not hold them, as with frames that come from a
 * network.
 */
public final class FrameBatches {
    private static final long LEAST_BYTES = 256L << 20;

    private final List<Picture> copies;
    private final int batch;
    private final int cameras;
    private long frames;

    /**
     * Copies the pictures as often as is needed.
     *
     * @param files pictures, at least one; the frames of all cameras, in their order, show them in
     *     turn, so that a camera shows more than one where {@code batch} is no multiple of their
     *     number
     * @param batch frames a batch, at least 1
     */
    public FrameBatches(List<Picture> files, int batch) {
        this.batch = batch;
        this.cameras = Math.max(batch, files.size());
        this.copies = new ArrayList<>();
        long bytes = 0;
        while (bytes < LEAST_BYTES) {
            for (int camera = 0; camera < cameras; camera++) {
                Picture file = files.get(copies.size() % files.size());
                ByteBuffer copy = ByteBuffer.allocate(file.bytes().remaining());
                copy.put(file.bytes().duplicate()).flip();
                copies.add(new Picture(file.encoding(), file.width(), file.height(), copy));
                bytes += copy.remaining();
            }
        }
    }

    private FrameBatches(FrameBatches other) {
        batch = other.batch;
        cameras = other.cameras;
        copies = other.copies;
    }

    /** The same batches once more, of the same memory, for another pipeline. */
    FrameBatches fromTheStart() {
        return new FrameBatches(this);
    }

    /**
     * One picture.
     *
     * @param width width in pixels; 0 where a file says it itself
     * @param height height in pixels; 0 where a file says it itself
     */
    public record Picture(ImageEncoding encoding, int width, int height, ByteBuffer bytes) {
        /** A JPEG or PNG file. */
        public static Picture ofFile(ImageEncoding encoding, ByteBuffer bytes) {
            return new Picture(encoding, 0, 0, bytes);
        }
    }

    /** The next batch: the next frames of the cameras in turn. */
    public List<EncodedFrame> next() {
        List<EncodedFrame> next = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            Picture picture = copies.get((int) (frames % copies.size()));
            next.add(
                    new EncodedFrame(
                            "camera-" + frames % cameras,
                            frames / cameras,
                            0,
                            picture.encoding(),
                            picture.width(),
                            picture.height(),
                            picture.bytes()));
            frames++;
        }
        return next;
    }
}
