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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.cuda.kernel.PreviewKernel;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.encode.PreviewEncoder;
import io.frameflow.encode.PreviewSize;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;

/**
 * Makes JPEGs of pictures on the card for people to look at, of the size, quality and subsampling
 * of those that {@link PreviewEncoder} makes on the CPU. It works in a stream of its own, which
 * gives way to the engine's, and takes no memory anew once it has seen the largest picture.
 */
public final class GpuPreviewEncoder implements PictureEncoder {
    private static final int FIRST_BYTES =
            PreviewSize.MAX_SIDE * PreviewSize.MAX_SIDE * 9 / 16 * 3 / 2;

    private final CudaStream stream;
    private final PreviewKernel kernel;
    private final NvjpegEncoder encoder;
    private DeviceBuffer planes;

    /** Makes an encoder on the current card. */
    public GpuPreviewEncoder(CudaDevice device, KernelCache kernels) {
        try (Rollback rollback = new Rollback()) {
            stream = rollback.add(new CudaStream());
            kernel = rollback.add(new PreviewKernel(device, kernels));
            encoder = rollback.add(new NvjpegEncoder(PreviewEncoder.QUALITY, stream));
            planes = rollback.add(new DeviceBuffer(FIRST_BYTES));
            rollback.commit();
        }
    }

    @Override
    public ByteBuffer encode(GpuPicture picture) {
        try {
            GpuPicture target = target(picture);
            kernel.launch(source(picture), source(target), stream);
            return encoder.encode(target);
        } catch (RuntimeException | Error failure) {
            drain(failure);
            throw failure;
        }
    }

    /** Waits until nobody needs the picture's memory; throws where the card itself has failed. */
    private void drain(Throwable failure) {
        try {
            stream.synchronize();
        } catch (RuntimeException worse) {
            worse.addSuppressed(failure);
            throw worse;
        }
    }

    private GpuPicture target(GpuPicture picture) {
        PreviewSize size = PreviewSize.of(picture.width(), picture.height());
        PictureLayout layout = PreviewKernel.targetLayout(picture.layout());
        int pitch = PreviewKernel.targetPitch(size.width());
        long bytes = layout.bytes(pitch, size.height());
        if (bytes > planes.bytes()) {
            // The old ones serve on where there is no memory for larger ones.
            DeviceBuffer larger = new DeviceBuffer(bytes);
            planes.close();
            planes = larger;
        }
        return new GpuPicture(size.width(), size.height(), layout, planes.address(), pitch);
    }

    private static PreviewKernel.Picture source(GpuPicture picture) {
        return new PreviewKernel.Picture(
                picture.address(),
                picture.pitch(),
                picture.width(),
                picture.height(),
                picture.layout());
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(stream);
            everything.add(kernel);
            everything.add(encoder);
            everything.add(planes);
        }
    }
}
