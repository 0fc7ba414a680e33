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

import io.frameflow.cuda.CudaStatus;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.gpu.GpuPicture;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;

/** Copies that only tests need. */
final class DeviceMemory {
    private DeviceMemory() {}

    private static final class Address extends Pointer {
        Address(long value) {
            address = value;
        }
    }

    /** Queues a copy from an address on the card that fills {@code target}. */
    static void read(long address, PinnedBuffer target, CudaStream stream) {
        CudaStatus.check(
                cudart.cudaMemcpyAsync(
                        target.pointer(),
                        new Address(address),
                        target.bytes(),
                        cudart.cudaMemcpyDeviceToHost,
                        stream.handle()),
                "cudaMemcpyAsync to the host");
    }

    /** Queues a copy of the pixels of a picture to rows without padding, which nobody wrote. */
    static void readRows(GpuPicture picture, PinnedBuffer target, CudaStream stream) {
        int rowBytes = picture.layout().rowBytes(picture.width());
        Rows rows = new Rows(0, picture.pitch(), rowBytes, picture.height());
        copyRows(picture.address(), rows, target.pointer(), rowBytes, stream);
    }

    /**
     * Queues a copy of the planes of a picture to the same places of {@code target}. What lies
     * between their rows, which nobody wrote, is left out.
     */
    static void readPlanes(GpuPicture picture, PinnedBuffer target, CudaStream stream) {
        for (Rows rows : planes(picture)) {
            copyRows(
                    picture.address() + rows.offset(),
                    rows,
                    new Address(target.pointer().address() + rows.offset()),
                    rows.pitch(),
                    stream);
        }
    }

    /** Rows of bytes of a picture. */
    private record Rows(int offset, int pitch, int bytes, int count) {}

    private static List<Rows> planes(GpuPicture picture) {
        PictureLayout layout = picture.layout();
        int pitch = picture.pitch();
        int columns = PlanarLayouts.sampling(layout).columns(picture.width());
        int count = PlanarLayouts.sampling(layout).rows(picture.height());
        int chroma = pitch * picture.height();
        List<Rows> planes = new ArrayList<>();
        planes.add(new Rows(0, pitch, picture.width(), picture.height()));
        if (layout == PictureLayout.NV12) {
            planes.add(new Rows(chroma, pitch, 2 * columns, count));
        } else if (layout.isPlanar()) {
            int chromaPitch = layout.chromaPitch(pitch);
            planes.add(new Rows(chroma, chromaPitch, columns, count));
            planes.add(new Rows(chroma + chromaPitch * count, chromaPitch, columns, count));
        }
        return planes;
    }

    private static void copyRows(
            long address, Rows rows, Pointer target, int targetPitch, CudaStream stream) {
        CudaStatus.check(
                cudart.cudaMemcpy2DAsync(
                        target,
                        targetPitch,
                        new Address(address),
                        rows.pitch(),
                        rows.bytes(),
                        rows.count(),
                        cudart.cudaMemcpyDeviceToHost,
                        stream.handle()),
                "cudaMemcpy2DAsync to the host");
    }

    /** Queues a copy of the whole of one buffer to another. */
    static void copy(DeviceBuffer from, DeviceBuffer to, CudaStream stream) {
        CudaStatus.check(
                cudart.cudaMemcpyAsync(
                        to.pointer(),
                        from.pointer(),
                        from.bytes(),
                        cudart.cudaMemcpyDeviceToDevice,
                        stream.handle()),
                "cudaMemcpyAsync on the device");
    }
}
