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
package io.frameflow.encode.gpu;

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.decode.gpu.NvjpegStatus;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;
import org.bytedeco.cuda.global.nvjpeg;
import org.bytedeco.cuda.nvjpeg.nvjpegEncoderParams;
import org.bytedeco.cuda.nvjpeg.nvjpegEncoderState;
import org.bytedeco.cuda.nvjpeg.nvjpegHandle;
import org.bytedeco.cuda.nvjpeg.nvjpegImage_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * nvJPEG's encoder with its state: planes of luma and chroma in device memory to a baseline JPEG on
 * the heap. Its own memory on the card grows to the largest picture. Used by one thread at a time.
 */
final class NvjpegEncoder extends NativeResource {
    private static final int FIRST_BYTES = 512 << 10;
    private static final int NO_SAMPLING = nvjpeg.NVJPEG_CSS_UNKNOWN;

    /** An nvjpegImage_t is four addresses of channels and four pitches. */
    private static final int IMAGE_LONGS = 8;

    private static final int PITCH_LONG = 4;

    private final CudaStream stream;
    private final nvjpegHandle handle = new nvjpegHandle();
    private final nvjpegEncoderState state = new nvjpegEncoderState();
    private final nvjpegEncoderParams parameters = new nvjpegEncoderParams();
    private final LongPointer channels;
    private final nvjpegImage_t image;
    private final SizeTPointer length;
    private PinnedBuffer file;
    private int sampling = NO_SAMPLING;

    /**
     * Makes an encoder on the current card.
     *
     * @param quality as libjpeg counts it, 1 to 100
     * @param stream where it works; stays the caller's
     */
    NvjpegEncoder(int quality, CudaStream stream) {
        super("JPEG encoder", 0);
        this.stream = stream;
        try (Rollback rollback = new Rollback()) {
            channels = new LongPointer(IMAGE_LONGS);
            rollback.add(channels::deallocate);
            length = new SizeTPointer(1);
            rollback.add(length::deallocate);
            check(
                    nvjpeg.nvjpegCreateEx(nvjpeg.NVJPEG_BACKEND_DEFAULT, null, null, 0, handle),
                    "nvjpegCreateEx");
            rollback.add(this::destroyHandle);
            check(
                    nvjpeg.nvjpegEncoderStateCreate(handle, state, stream.handle()),
                    "nvjpegEncoderStateCreate");
            rollback.add(this::destroyState);
            check(
                    nvjpeg.nvjpegEncoderParamsCreate(handle, parameters, stream.handle()),
                    "nvjpegEncoderParamsCreate");
            rollback.add(this::destroyParameters);
            configure(quality);
            file = rollback.add(new PinnedBuffer(FIRST_BYTES));
            rollback.commit();
        }
        // Cast: the same memory, as the type that nvJPEG's functions take.
        image = new nvjpegImage_t(channels);
        opened();
    }

    private void configure(int quality) {
        check(
                nvjpeg.nvjpegEncoderParamsSetQuality(parameters, quality, stream.handle()),
                "nvjpegEncoderParamsSetQuality");
        // Codes made for each picture save a few percent, and fail with very small ones.
        check(
                nvjpeg.nvjpegEncoderParamsSetOptimizedHuffman(parameters, 0, stream.handle()),
                "nvjpegEncoderParamsSetOptimizedHuffman");
    }

    /**
     * Makes a JPEG of planes that are there once the work queued so far is done, and waits for it.
     *
     * @param planes a picture with the layout {@link PictureLayout#YUV420} or {@link
     *     PictureLayout#GRAY8}
     * @return a new buffer with the whole file
     */
    ByteBuffer encode(GpuPicture planes) {
        checkOpen();
        int wanted =
                planes.layout() == PictureLayout.GRAY8
                        ? nvjpeg.NVJPEG_CSS_GRAY
                        : nvjpeg.NVJPEG_CSS_420;
        sample(wanted);
        describe(planes);
        check(
                nvjpeg.nvjpegEncodeYUV(
                        handle,
                        state,
                        parameters,
                        image,
                        wanted,
                        planes.width(),
                        planes.height(),
                        stream.handle()),
                "nvjpegEncodeYUV");
        stream.synchronize();
        return retrieve();
    }

    private void sample(int wanted) {
        if (wanted != sampling) {
            // Should the call fail, the next picture makes it again.
            sampling = NO_SAMPLING;
            check(
                    nvjpeg.nvjpegEncoderParamsSetSamplingFactors(
                            parameters, wanted, stream.handle()),
                    "nvjpegEncoderParamsSetSamplingFactors");
            sampling = wanted;
        }
    }

    private void describe(GpuPicture planes) {
        channels.fill(0);
        channels.put(0, planes.address());
        channels.put(PITCH_LONG, planes.pitch());
        if (planes.layout() == PictureLayout.YUV420) {
            long cb = planes.address() + (long) planes.pitch() * planes.height();
            int pitch = planes.layout().chromaPitch(planes.pitch());
            channels.put(1, cb);
            channels.put(2, cb + (long) pitch * planes.layout().chromaRows(planes.height()));
            channels.put(PITCH_LONG + 1, pitch);
            channels.put(PITCH_LONG + 2, pitch);
        }
    }

    /** The file that lies on the card, brought over. */
    private ByteBuffer retrieve() {
        check(
                nvjpeg.nvjpegEncodeRetrieveBitstream(
                        handle, state, (BytePointer) null, length, stream.handle()),
                "nvjpegEncodeRetrieveBitstream of the length");
        long bytes = length.get();
        if (bytes <= 0 || bytes > Integer.MAX_VALUE) {
            throw new FrameflowException(
                    FailureCode.ENGINE_FAILED, "nvJPEG made a file of " + bytes + " bytes");
        }
        if (bytes > file.bytes()) {
            // The old one serves on where there is no memory for a larger one.
            PinnedBuffer larger = new PinnedBuffer(Math.min(Integer.MAX_VALUE, bytes + bytes / 2));
            file.close();
            file = larger;
        }
        check(
                nvjpeg.nvjpegEncodeRetrieveBitstream(
                        handle, state, file.view(), length, stream.handle()),
                "nvjpegEncodeRetrieveBitstream");
        stream.synchronize();
        byte[] copy = new byte[(int) length.get()];
        file.view().get(0, copy);
        return ByteBuffer.wrap(copy);
    }

    private static void check(int status, String call) {
        NvjpegStatus.check(status, call);
    }

    private void destroyHandle() {
        check(nvjpeg.nvjpegDestroy(handle), "nvjpegDestroy");
    }

    private void destroyState() {
        check(nvjpeg.nvjpegEncoderStateDestroy(state), "nvjpegEncoderStateDestroy");
    }

    private void destroyParameters() {
        check(nvjpeg.nvjpegEncoderParamsDestroy(parameters), "nvjpegEncoderParamsDestroy");
    }

    @Override
    protected void free() {
        try (Rollback everything = new Rollback()) {
            everything.add(channels::deallocate);
            everything.add(length::deallocate);
            everything.add(this::destroyHandle);
            everything.add(this::destroyState);
            everything.add(this::destroyParameters);
            everything.add(file);
        }
    }
}
