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
package io.frameflow.pipeline.gpu;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.encode.gpu.GpuPreviewEncoder;
import io.frameflow.encode.gpu.PictureEncoder;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.PreviewPictures;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures of frames for people to look at, for all lanes of a pipeline. Used by the thread that
 * reads results, between a batch's results and their hand-over: nvJPEG makes the host wait, which
 * would keep a thread that queues work from filling the card, while this one waits anyway and other
 * lanes work on. Frames that are not to be shown cost nothing, and a pipeline whose frames never
 * are takes no memory for it.
 *
 * <p>A picture that cannot be made is left out and its frame examined all the same.
 */
final class PipelinePreviews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelinePreviews.class);

    private final Supplier<? extends PictureEncoder> opener;
    private @Nullable PictureEncoder encoder;
    private boolean unavailable;
    private boolean reported;

    /**
     * Nothing is made before the first picture.
     *
     * @param opener makes an encoder, which is closed with this
     */
    PipelinePreviews(Supplier<? extends PictureEncoder> opener) {
        this.opener = opener;
    }

    /** Pictures that are made on a card, by threads for which it is current. */
    static PipelinePreviews onCard(CudaDevice device, KernelCache kernels) {
        return new PipelinePreviews(() -> new GpuPreviewEncoder(device, kernels));
    }

    /**
     * The pictures of a frame whose work is done.
     *
     * @return null where the frame is not to be shown, or no picture of it can be made
     * @throws FrameflowException if the card is lost
     */
    @Nullable PreviewPictures of(LaneFrame frame) {
        GpuPicture decoded = frame.picture();
        GpuPicture given = frame.given();
        if (!frame.settings().preview() || decoded == null || given == null) {
            return null;
        }
        boolean showable = frame.encoding() == ImageEncoding.JPEG;
        ByteBuffer source = showable ? null : encode(decoded);
        ByteBuffer clean = given.equals(decoded) ? null : encode(given);
        return showable || source != null || clean != null
                ? new PreviewPictures(source, clean)
                : null;
    }

    private @Nullable ByteBuffer encode(GpuPicture picture) {
        try {
            PictureEncoder current = encoder();
            return current == null ? null : current.encode(picture);
        } catch (FrameflowException failure) {
            if (failure.kind() == FailureKind.DEVICE_LOST) {
                throw failure;
            }
            report(picture, failure);
            return null;
        }
    }

    private @Nullable PictureEncoder encoder() {
        if (encoder == null && !unavailable) {
            // Where it cannot be made, one attempt is enough: each takes long.
            unavailable = true;
            encoder = opener.get();
            unavailable = false;
        }
        return encoder;
    }

    private void report(GpuPicture picture, FrameflowException failure) {
        if (!reported) {
            reported = true;
            LOG.warn(
                    "no preview of a picture of {} x {} pixels; further ones may be left out without"
                            + " a message",
                    picture.width(),
                    picture.height(),
                    failure);
        }
    }

    @Override
    public void close() {
        PictureEncoder closing = encoder;
        if (closing != null) {
            encoder = null;
            closing.close();
        }
    }
}
