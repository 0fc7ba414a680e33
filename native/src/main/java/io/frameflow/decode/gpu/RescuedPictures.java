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
package io.frameflow.decode.gpu;

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JPEGs that nvJPEG fails at without blaming them, decoded by the CPU: for some files it reports an
 * invalid parameter, a failed execution or an internal error, and a picture must not end a job.
 * They are few, so each has memory of its own, until the next batch. Used by one thread at a time.
 */
final class RescuedPictures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RescuedPictures.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private final CpuImageDecoder decoder;
    private final List<DeviceBuffer> memory = new ArrayList<>();

    /**
     * No pictures yet.
     *
     * @param decoder stays the caller's
     */
    RescuedPictures(CpuImageDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * Decodes a JPEG, and waits until it is on the card.
     *
     * @param failure what nvJPEG made of it
     * @throws FrameflowException of the kind BAD_INPUT if it is bad; with {@link
     *     io.frameflow.failure.FailureCode#DEVICE_LOST} if it is the card that nvJPEG failed at
     */
    GpuPicture rescue(
            int width, int height, ByteBuffer jpeg, FrameflowException failure, CudaStream stream) {
        stream.synchronize();
        DecodedImage image = decoder.decode(ImageEncoding.JPEG, width, height, jpeg);
        if (WARNED.compareAndSet(false, true)) {
            LOG.warn(
                    "The card's decoder fails at a JPEG of {} x {} pixels that the CPU can decode;"
                            + " such pictures take longer: {}",
                    width,
                    height,
                    failure.getMessage());
        }
        return copied(image, stream);
    }

    private GpuPicture copied(DecodedImage image, CudaStream stream) {
        int bytes = image.rowBytes() * image.height();
        DeviceBuffer target = new DeviceBuffer(bytes);
        memory.add(target);
        try (PinnedBuffer pinned = new PinnedBuffer(bytes)) {
            pinned.view().put(0, image.pixels(), image.offset(), bytes);
            target.copyFrom(pinned, bytes, stream);
            stream.synchronize();
        }
        return new GpuPicture(
                image.width(),
                image.height(),
                PictureLayouts.of(image.format()),
                target.address(),
                image.rowBytes());
    }

    /** Frees the pictures; the work that uses them must be done. */
    void clear() {
        try (Rollback everything = new Rollback()) {
            memory.forEach(everything::add);
            memory.clear();
        }
    }

    @Override
    public void close() {
        clear();
    }
}
