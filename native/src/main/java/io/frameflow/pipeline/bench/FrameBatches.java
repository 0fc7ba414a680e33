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

    private final List<List<EncodedFrame>> batches = new ArrayList<>();
    private int next;

    /**
     * Copies the pictures as often as is needed.
     *
     * @param files JPEG or PNG files, at least one, which take turns
     * @param batch frames a batch, at least 1
     */
    public FrameBatches(List<Picture> files, int batch) {
        long bytes = 0;
        int sequence = 0;
        while (bytes < LEAST_BYTES) {
            List<EncodedFrame> frames = new ArrayList<>(batch);
            for (int i = 0; i < batch; i++) {
                Picture file = files.get(sequence % files.size());
                ByteBuffer copy = ByteBuffer.allocate(file.bytes().remaining());
                copy.put(file.bytes().duplicate()).flip();
                frames.add(
                        new EncodedFrame(
                                "camera-" + i, sequence++, 0, file.encoding(), 0, 0, copy));
                bytes += copy.remaining();
            }
            batches.add(frames);
        }
    }

    /** One picture file. */
    public record Picture(ImageEncoding encoding, ByteBuffer bytes) {}

    /** The next batch, in turns. */
    public List<EncodedFrame> next() {
        List<EncodedFrame> batch = batches.get(next);
        next = (next + 1) % batches.size();
        return batch;
    }
}
