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
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.JpegProbe;
import io.frameflow.decode.RawProbe;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.global.nvjpeg;
import org.jspecify.annotations.Nullable;

/**
 * Brings the pictures of a batch to the card, decoded. Baseline JPEGs go through the hardware
 * engines all at once, where the card has some; other JPEGs one by one through the multiprocessors;
 * PNGs and RGB JPEGs are decoded on the CPU; raw pictures are copied as they are.
 *
 * <p>JPEGs stay what they are, planes of luma and chroma: half the bytes of RGB, and whoever reads
 * them makes of them the RGB that libjpeg makes ({@code picture.cuh}). Only where chroma has an
 * unusual resolution does nvJPEG make RGB, in its own way.
 *
 * <p>It belongs to one batch in flight: the buffers are used again once the work queued for the
 * last batch is done. They grow to the largest batch seen, and are never taken anew after that.
 * Used by one thread at a time; decoders share nothing, so that different threads may use several
 * side by side.
 */
public final class GpuBatchDecoder implements AutoCloseable {
    private static final int ALIGNMENT = 256;

    /** Of luma; half of it is what rows of chroma are aligned to. */
    private static final int PITCH_ALIGNMENT = 64;

    private static final int FIRST_BYTES_A_PICTURE = 256 << 10;

    private final int capacity;
    private final DecodeLimits limits;
    private final @Nullable NvjpegDecoder hardware;
    private final NvjpegDecoder hybrid;
    private final CpuImageDecoder cpu;
    private final RescuedPictures rescued;
    private final List<Entry> entries = new ArrayList<>();
    private PinnedBuffer encoded;
    private DeviceBuffer pixels;

    private enum Route {
        HARDWARE,
        HYBRID,
        COPY
    }

    /** What becomes of one picture. */
    private static final class Entry {
        private final int place;
        private final Route route;
        private final ByteBuffer bytes;
        private final int width;
        private final int height;
        private final PictureLayout layout;
        private long encodedOffset;
        private long pixelOffset;

        Entry(
                int place,
                Route route,
                ByteBuffer bytes,
                int width,
                int height,
                PictureLayout layout) {
            this.place = place;
            this.route = route;
            this.bytes = bytes;
            this.width = width;
            this.height = height;
            this.layout = layout;
        }

        int pitch() {
            return layout.isPlanar()
                    ? (width + PITCH_ALIGNMENT - 1) / PITCH_ALIGNMENT * PITCH_ALIGNMENT
                    : layout.rowBytes(width);
        }

        long pixelBytes() {
            return layout.bytes(pitch(), height);
        }
    }

    /** Where the outcome of each picture goes. */
    public interface Outcome {
        /** The picture will be there once the work queued so far is done. */
        void decoded(int place, GpuPicture picture);

        /** The picture is bad. */
        void rejected(int place, FrameflowException reason);
    }

    /** A decoder for batches of up to {@code capacity} pictures on the current card. */
    public GpuBatchDecoder(int capacity, DecodeLimits limits) {
        this(capacity, limits, true);
    }

    /** The same, on request without the card's engines for JPEG. */
    GpuBatchDecoder(int capacity, DecodeLimits limits, boolean engines) {
        this.capacity = capacity;
        this.limits = limits;
        try (Rollback rollback = new Rollback()) {
            hardware = engines ? NvjpegDecoder.ofHardware(capacity) : null;
            if (hardware != null) {
                rollback.add(hardware);
            }
            hybrid = rollback.add(new NvjpegDecoder(NvjpegDecoder.HYBRID, 1));
            cpu = rollback.add(new CpuImageDecoder(limits));
            rescued = rollback.add(new RescuedPictures(cpu));
            encoded = rollback.add(new PinnedBuffer((long) capacity * FIRST_BYTES_A_PICTURE));
            pixels = rollback.add(new DeviceBuffer((long) capacity * FIRST_BYTES_A_PICTURE));
            rollback.commit();
        }
    }

    /** Begins a batch; the work queued for the last one must be done. */
    public void begin() {
        entries.clear();
        rescued.clear();
    }

    /**
     * Adds a picture to the batch.
     *
     * @param place its place in the batch
     * @throws FrameflowException of the kind BAD_INPUT, and the picture is not added
     */
    public void add(int place, ImageEncoding encoding, int width, int height, ByteBuffer bytes) {
        if (entries.size() == capacity) {
            throw new IllegalStateException("the batch is full");
        }
        if (encoding == ImageEncoding.JPEG) {
            JpegProbe probe = JpegProbe.read(inArray(bytes), limits, width, height);
            if (!probe.rgb()) {
                boolean byEngine = hardware != null && probe.baseline();
                Route route = byEngine ? Route.HARDWARE : Route.HYBRID;
                PictureLayout layout = PictureLayouts.of(probe.sampling());
                add(place, route, bytes, probe.width(), probe.height(), layout);
                return;
            }
        }
        if (encoding.isRaw()) {
            RawProbe.check(encoding, width, height, bytes, limits);
            add(place, Route.COPY, bytes, width, height, PictureLayouts.of(encoding));
            return;
        }
        DecodedImage image = cpu.decode(encoding, width, height, bytes);
        int count = image.rowBytes() * image.height();
        byte[] copy = new byte[count];
        System.arraycopy(image.pixels(), image.offset(), copy, 0, count);
        add(
                place,
                Route.COPY,
                ByteBuffer.wrap(copy),
                image.width(),
                image.height(),
                PictureLayouts.of(image.format()));
    }

    private static ByteBuffer inArray(ByteBuffer bytes) {
        return bytes.hasArray()
                ? bytes
                : ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    private void add(
            int place, Route route, ByteBuffer bytes, int width, int height, PictureLayout layout) {
        entries.add(new Entry(place, route, bytes, width, height, layout));
    }

    /**
     * Brings the bytes of the batch to where the card can read them, after which the frames are not
     * needed any more. Makes no use of the card, so that the batch before can be on its way.
     */
    public void stage() {
        placeEntries();
        copyIn();
    }

    /** Queues the staged batch; the host may block while the decoder takes the bytes over. */
    public void decode(CudaStream stream, Outcome outcome) {
        decodeTogether(stream, outcome);
        for (Entry entry : entries) {
            if (entry.route == Route.HYBRID) {
                decodeAlone(entry, stream, outcome);
            } else if (entry.route == Route.COPY) {
                pixels.copyFrom(
                        encoded,
                        entry.encodedOffset,
                        entry.pixelOffset,
                        entry.pixelBytes(),
                        stream);
                outcome.decoded(entry.place, picture(entry));
            }
        }
    }

    private void placeEntries() {
        long encodedBytes = 0;
        long pixelBytes = 0;
        for (Entry entry : entries) {
            entry.encodedOffset = encodedBytes;
            entry.pixelOffset = pixelBytes;
            encodedBytes = aligned(encodedBytes + entry.bytes.remaining());
            pixelBytes = aligned(pixelBytes + entry.pixelBytes());
        }
        // What is there stays until there is more: where memory is used up, the next batch may fit.
        if (encodedBytes > encoded.bytes()) {
            PinnedBuffer larger = new PinnedBuffer(pinnedBytes(encodedBytes, entries.size()));
            encoded.close();
            encoded = larger;
        }
        if (pixelBytes > pixels.bytes()) {
            DeviceBuffer larger = new DeviceBuffer(pixelBytes + pixelBytes / 2);
            pixels.close();
            pixels = larger;
        }
    }

    /**
     * How much memory to pin for so many bytes: more, as far as that is possible in one piece, so
     * that somewhat larger batches need no more.
     *
     * @throws FrameflowException with {@link FailureCode#OUT_OF_MEMORY} if they do not fit in one
     */
    static long pinnedBytes(long needed, int pictures) {
        if (needed > Integer.MAX_VALUE) {
            throw new FrameflowException(
                    FailureCode.OUT_OF_MEMORY,
                    ("the %d pictures of a batch take %d bytes before they are on the card, and %d are"
                                    + " possible; let batches have fewer frames"
                                    + " (inference.batch-size), or pictures fewer pixels"
                                    + " (frames.max-pixels)")
                            .formatted(pictures, needed, Integer.MAX_VALUE));
        }
        return Math.min(needed + needed / 2, Integer.MAX_VALUE);
    }

    private static long aligned(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void copyIn() {
        ByteBuffer target = encoded.view();
        for (Entry entry : entries) {
            target.put(
                    (int) entry.encodedOffset,
                    entry.bytes,
                    entry.bytes.position(),
                    entry.bytes.remaining());
        }
    }

    private void decodeTogether(CudaStream stream, Outcome outcome) {
        NvjpegDecoder engines = hardware;
        if (engines == null) {
            return;
        }
        int count = 0;
        for (Entry entry : entries) {
            if (entry.route == Route.HARDWARE) {
                describe(engines, count++, entry);
            }
        }
        if (count == 0) {
            return;
        }
        int status = engines.decodeBatch(count, stream);
        NvjpegStatus.checkMemory(status, "nvjpegDecodeBatched");
        for (Entry entry : entries) {
            if (entry.route == Route.HARDWARE && status == nvjpeg.NVJPEG_STATUS_SUCCESS) {
                outcome.decoded(entry.place, picture(entry));
            } else if (entry.route == Route.HARDWARE) {
                // The batch as a whole was refused, seldom for more than one picture: find it.
                decodeAlone(entry, stream, outcome);
            }
        }
    }

    private void decodeAlone(Entry entry, CudaStream stream, Outcome outcome) {
        describe(hybrid, 0, entry);
        int status = hybrid.decodeFirst(entry.layout, stream);
        NvjpegStatus.checkMemory(status, "nvjpegDecode");
        if (status == nvjpeg.NVJPEG_STATUS_SUCCESS) {
            outcome.decoded(entry.place, picture(entry));
            return;
        }
        FrameflowException failure = NvjpegStatus.failure(status, "nvjpegDecode");
        if (NvjpegStatus.blamesPicture(status)) {
            outcome.rejected(entry.place, failure);
        } else {
            rescue(entry, failure, stream, outcome);
        }
    }

    private void rescue(
            Entry entry, FrameflowException failure, CudaStream stream, Outcome outcome) {
        ByteBuffer jpeg = encoded.view().slice((int) entry.encodedOffset, entry.bytes.remaining());
        GpuPicture picture;
        try {
            picture = rescued.rescue(entry.width, entry.height, jpeg, failure, stream);
        } catch (FrameflowException e) {
            if (e.code().kind() != FailureKind.BAD_INPUT) {
                throw e;
            }
            outcome.rejected(entry.place, e);
            return;
        }
        outcome.decoded(entry.place, picture);
    }

    private void describe(NvjpegDecoder decoder, int index, Entry entry) {
        decoder.set(
                index,
                encoded.address() + entry.encodedOffset,
                entry.bytes.remaining(),
                picture(entry));
    }

    private GpuPicture picture(Entry entry) {
        return new GpuPicture(
                entry.width,
                entry.height,
                entry.layout,
                pixels.address() + entry.pixelOffset,
                entry.pitch());
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            if (hardware != null) {
                everything.add(hardware);
            }
            everything.add(hybrid);
            everything.add(rescued);
            everything.add(cpu);
            everything.add(encoded);
            everything.add(pixels);
        }
    }
}
