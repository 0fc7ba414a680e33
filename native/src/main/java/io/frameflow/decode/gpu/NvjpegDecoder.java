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
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.NativeResource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.nvjpeg;
import org.bytedeco.cuda.nvjpeg.nvjpegHandle;
import org.bytedeco.cuda.nvjpeg.nvjpegImage_t;
import org.bytedeco.cuda.nvjpeg.nvjpegJpegState;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One nvJPEG back end with its state: decodes JPEGs in host memory to planes of luma and chroma, as
 * the file has them, or to interleaved RGB, in device memory. Used by one thread at a time; several
 * may decode side by side, since nvJPEG asks for no more than a state for each. A decode allocates
 * nothing in Java.
 */
final class NvjpegDecoder extends NativeResource {
    /** The hardware decoder engines: baseline, usual subsamplings. */
    static final int HARDWARE = nvjpeg.NVJPEG_BACKEND_HARDWARE;

    /** The multiprocessors, and the CPU for the entropy code: everything else. */
    static final int HYBRID = nvjpeg.NVJPEG_BACKEND_HYBRID;

    /**
     * Where nvJPEG makes RGB, chroma is interpolated, as other decoders do. nvJPEG's own pipelining
     * is off: with it a batch waits for all that the card has to do, also on other streams, and
     * decoding no longer overlaps with the engine (on an H200, 6,000 frames a second of 1280 x 720
     * instead of 9,700).
     */
    private static final int FLAGS =
            nvjpeg.NVJPEG_FLAGS_UPSAMPLING_WITH_INTERPOLATION
                    | nvjpeg.NVJPEG_FLAGS_HW_DECODE_NO_PIPELINE;

    /** An nvjpegImage_t is four addresses of channels and four pitches. */
    private static final int IMAGE_LONGS = 8;

    private static final int PITCH_LONG = 4;

    private static final Logger LOG = LoggerFactory.getLogger(NvjpegDecoder.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private final nvjpegHandle handle = new nvjpegHandle();
    private final nvjpegJpegState state = new nvjpegJpegState();
    private int preparedCount;
    private final LongPointer data;
    private final SizeTPointer lengths;
    private final LongPointer images;
    private final PointerPointer<Pointer> dataArray;
    private final nvjpegImage_t imageArray;
    private final AddressPointer onlyFile = new AddressPointer();

    /**
     * Opens a back end on the current card.
     *
     * @param backend {@link #HARDWARE} or {@link #HYBRID}
     * @param batch most pictures in a batch
     * @throws FrameflowException with {@link FailureCode#ENGINE_UNAVAILABLE} if the card has no
     *     such back end
     */
    NvjpegDecoder(int backend, int batch) {
        super("JPEG decoder", 0);
        NvjpegStatus.check(
                nvjpeg.nvjpegCreateEx(backend, null, null, FLAGS, handle), "nvjpegCreateEx");
        int status = nvjpeg.nvjpegJpegStateCreate(handle, state);
        if (status != nvjpeg.NVJPEG_STATUS_SUCCESS) {
            nvjpeg.nvjpegDestroy(handle);
            NvjpegStatus.check(status, "nvjpegJpegStateCreate");
        }
        data = new LongPointer(batch);
        lengths = new SizeTPointer(batch);
        images = new LongPointer((long) batch * IMAGE_LONGS);
        images.fill(0);
        // Casts: the same memory, as the types that nvJPEG's functions take.
        dataArray = new PointerPointer<>(data);
        imageArray = new nvjpegImage_t(images);
        opened();
    }

    /**
     * The hardware decoder engines of the current card; null where it has none, which a warning
     * tells once.
     *
     * @throws FrameflowException if nvJPEG fails otherwise
     */
    static @Nullable NvjpegDecoder ofHardware(int batch) {
        try {
            return new NvjpegDecoder(HARDWARE, batch);
        } catch (FrameflowException e) {
            if (e.code() != FailureCode.ENGINE_UNAVAILABLE) {
                throw e;
            }
            if (WARNED.compareAndSet(false, true)) {
                LOG.warn(
                        "The card has no engines for JPEG: its multiprocessors and the CPU decode"
                                + " one picture after the other, which is slower. Reason: {}",
                        e.getMessage());
            }
            return null;
        }
    }

    /**
     * Names a picture of the next batch.
     *
     * @param place its place in the batch
     * @param jpeg address of the file in host memory
     * @param length its length in bytes
     * @param target where it is decoded to: planar, gray or RGB8
     */
    void set(int place, long jpeg, long length, GpuPicture target) {
        data.put(place, jpeg);
        lengths.put(place, length);
        setChannel(place, 0, target.address(), target.pitch());
        PictureLayout layout = target.layout();
        if (layout.isPlanar()) {
            long first = (long) target.pitch() * target.height();
            int pitch = layout.chromaPitch(target.pitch());
            long plane = (long) pitch * layout.chromaRows(target.height());
            setChannel(place, 1, target.address() + first, pitch);
            setChannel(place, 2, target.address() + first + plane, pitch);
        } else {
            setChannel(place, 1, 0, 0);
            setChannel(place, 2, 0, 0);
        }
    }

    private void setChannel(int place, int channel, long address, long pitch) {
        long image = (long) place * IMAGE_LONGS;
        images.put(image + channel, address);
        images.put(image + PITCH_LONG + channel, pitch);
    }

    /**
     * Decodes the first {@code count} pictures together; none is RGB8.
     *
     * @return nvJPEG's status for the batch
     */
    int decodeBatch(int count, CudaStream stream) {
        checkOpen();
        CUstream_st queue = stream.handle();
        if (count != preparedCount) {
            int status =
                    nvjpeg.nvjpegDecodeBatchedInitialize(
                            handle, state, count, 1, nvjpeg.NVJPEG_OUTPUT_YUV);
            if (status != nvjpeg.NVJPEG_STATUS_SUCCESS) {
                return status;
            }
            preparedCount = count;
        }
        return nvjpeg.nvjpegDecodeBatched(handle, state, dataArray, lengths, imageArray, queue);
    }

    /**
     * Decodes the first picture alone.
     *
     * @param layout its layout
     * @return nvJPEG's status for it
     */
    int decodeFirst(PictureLayout layout, CudaStream stream) {
        checkOpen();
        return nvjpeg.nvjpegDecode(
                handle,
                state,
                onlyFile.at(data.get(0)),
                lengths.get(0),
                layout == PictureLayout.RGB8 ? nvjpeg.NVJPEG_OUTPUT_RGBI : nvjpeg.NVJPEG_OUTPUT_YUV,
                imageArray,
                stream.handle());
    }

    @Override
    protected void free() {
        images.deallocate();
        lengths.deallocate();
        data.deallocate();
        int first = nvjpeg.nvjpegJpegStateDestroy(state);
        int second = nvjpeg.nvjpegDestroy(handle);
        NvjpegStatus.check(first, "nvjpegJpegStateDestroy");
        NvjpegStatus.check(second, "nvjpegDestroy");
    }

    /** A pointer that owns nothing and can be set. */
    private static final class AddressPointer extends BytePointer {
        BytePointer at(long newAddress) {
            address = newAddress;
            return this;
        }
    }
}
