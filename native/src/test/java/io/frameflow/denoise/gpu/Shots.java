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

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.denoise.CpuDenoiser;
import io.frameflow.denoise.PlanarImage;
import io.frameflow.denoise.PlanesDenoiser;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What comes of frames: on the card, and of the twins. */
final class Shots {
    private final CpuDenoiser pixelTwin = new CpuDenoiser(1L << 30);
    private final CpuDenoiser.Workspace pixelWorkspace = new CpuDenoiser.Workspace();
    private final PlanesDenoiser planesTwin = new PlanesDenoiser(1L << 30);
    private final PlanesDenoiser.Workspace planesWorkspace = new PlanesDenoiser.Workspace();

    /**
     * What came of a frame.
     *
     * @param pixels pixels without padding, or planes one behind the other
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Result(PictureLayout layout, byte[] pixels, int restsOnFrames) {}

    /** What the twins make of a frame. */
    Result expected(Shot shot) {
        byte[] bytes = shot.pixels().array();
        if (shot.layout().isInPlanes()) {
            PlanarImage image =
                    PlanarLayouts.planes(
                            shot.layout(), bytes, shot.pitch(), shot.width(), shot.height());
            PlanesDenoiser.Denoised denoised =
                    planesTwin.denoise(shot.place(), image, shot.settings(), planesWorkspace);
            return new Result(shot.layout(), joined(denoised.image()), denoised.restsOnFrames());
        }
        PixelFormat format = PixelFormat.valueOf(shot.layout().name());
        CpuDenoiser.Denoised denoised =
                pixelTwin.denoise(
                        shot.place(),
                        new DecodedImage(shot.width(), shot.height(), format, bytes, 0),
                        shot.settings(),
                        pixelWorkspace);
        DecodedImage image = denoised.image();
        byte[] pixels = Arrays.copyOf(image.pixels(), image.rowBytes() * image.height());
        PictureLayout layout = PictureLayout.valueOf(image.format().name());
        return new Result(layout, pixels, denoised.restsOnFrames());
    }

    private static byte[] joined(PlanarImage image) {
        ByteArrayOutputStream planes = new ByteArrayOutputStream();
        planes.writeBytes(image.luma());
        planes.writeBytes(image.cb());
        planes.writeBytes(image.cr());
        return planes.toByteArray();
    }

    /** Filters frames as a batch. */
    static List<Result> run(GpuDenoiseBatch batch, List<Shot> shots, CudaStream stream) {
        List<Result> results = new ArrayList<>();
        long bytes = shots.stream().mapToLong(shot -> shot.pixels().capacity() + 256L).sum();
        try (PinnedBuffer host = new PinnedBuffer(bytes);
                DeviceBuffer source = new DeviceBuffer(bytes)) {
            List<GpuPicture> pictures = new ArrayList<>();
            int offset = 0;
            for (Shot shot : shots) {
                host.view().put(offset, shot.pixels(), 0, shot.pixels().capacity());
                pictures.add(
                        new GpuPicture(
                                shot.width(),
                                shot.height(),
                                shot.layout(),
                                source.address() + offset,
                                shot.pitch()));
                offset += (shot.pixels().capacity() + 255) / 256 * 256;
            }
            source.copyFrom(host, offset == 0 ? bytes : Math.min(bytes, offset), stream);
            batch.begin();
            for (int i = 0; i < shots.size(); i++) {
                batch.add(i, shots.get(i).place(), pictures.get(i), shots.get(i).settings());
            }
            batch.submit(stream);
            stream.synchronize();
            for (int i = 0; i < shots.size(); i++) {
                GpuPicture output = batch.output(i, pictures.get(i));
                byte[] pixels = read(output, stream);
                results.add(new Result(output.layout(), pixels, batch.restsOnFrames(i)));
            }
        }
        return results;
    }

    private static byte[] read(GpuPicture picture, CudaStream stream) {
        PictureLayout layout = picture.layout();
        long bytes =
                layout.isInPlanes()
                        ? layout.bytes(picture.pitch(), picture.height())
                        : (long) layout.rowBytes(picture.width()) * picture.height();
        byte[] pixels = new byte[(int) bytes];
        try (PinnedBuffer target = new PinnedBuffer(bytes)) {
            if (layout.isInPlanes()) {
                DeviceMemory.readPlanes(picture, target, stream);
            } else {
                DeviceMemory.readRows(picture, target, stream);
            }
            stream.synchronize();
            target.view().get(0, pixels);
        }
        return layout.isInPlanes()
                ? joined(
                        PlanarLayouts.planes(
                                layout, pixels, picture.pitch(), picture.width(), picture.height()))
                : pixels;
    }
}
