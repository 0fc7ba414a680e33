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
package io.frameflow.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.encode.PreviewSize;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.NoisePixels;
import io.frameflow.image.PixelFormat;
import io.frameflow.resource.LeakCheck;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@GpuTest
@ExtendWith(LeakCheck.class)
class PreviewKernelTest {
    @TempDir Path cacheFolder;

    /** Sizes around a pixel, a pair, a block, several blocks, and the limit. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, RGB8",
        "2, 1, BGR8",
        "1, 2, RGB8",
        "3, 3, BGR8",
        "31, 33, RGB8",
        "63, 15, BGR8",
        "64, 16, RGB8",
        "65, 17, GRAY8",
        "1, 1, GRAY8",
        "640, 480, RGB8",
        "1279, 719, BGR8",
        "1280, 720, GRAY8",
        "1281, 1, RGB8",
        "1920, 1080, RGB8",
        "1080, 1920, BGR8",
        "2561, 1441, GRAY8",
        "3840, 7, RGB8",
        "3840, 2160, BGR8"
    })
    void equalsTheTwinInEveryBit(int width, int height, PixelFormat format) {
        byte[] pixels = NoisePixels.of(width * height * format.channels());
        DecodedImage image = new DecodedImage(width, height, format, pixels, 0);

        compare(
                pixels,
                image.rowBytes(),
                PictureLayout.valueOf(format.name()),
                image,
                PreviewSize.of(width, height));
    }

    /** Any smaller size, also in another shape. */
    @ParameterizedTest
    @CsvSource({"3, 2, 2, 1", "100, 75, 99, 74", "192, 128, 1, 1", "200, 64, 7, 64"})
    void scalesToAnySmallerSize(int width, int height, int toWidth, int toHeight) {
        byte[] pixels = NoisePixels.of(3 * width * height);
        DecodedImage image = new DecodedImage(width, height, PixelFormat.RGB8, pixels, 0);

        compare(pixels, 3 * width, PictureLayout.RGB8, image, new PreviewSize(toWidth, toHeight));
    }

    /** Colours are converted in the kernel; the twin has them converted by the decoder before. */
    @ParameterizedTest
    @CsvSource({"2, 2", "34, 32", "1920, 1080"})
    void readsNv12AsTheTwinDoes(int width, int height) {
        byte[] planes = NoisePixels.of(width * height * 3 / 2);
        try (CpuImageDecoder decoder = new CpuImageDecoder(DecodeLimits.DEFAULT)) {
            DecodedImage image =
                    decoder.decode(ImageEncoding.NV12, width, height, ByteBuffer.wrap(planes));

            compare(planes, width, PictureLayout.NV12, image, PreviewSize.of(width, height));
        }
    }

    /** The kernel reads planes as libjpeg would; the twin is given what that makes of them. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, YUV420",
        "5, 5, YUV420",
        "31, 33, YUV420",
        "1921, 1079, YUV420",
        "101, 67, YUV422",
        "1920, 33, YUV422",
        "33, 31, YUV444",
        "1600, 1200, YUV444"
    })
    void readsPlanesAsLibjpegDoes(int width, int height, PictureLayout layout) {
        int pitch = (width + 63) / 64 * 64;
        byte[] planes = NoisePixels.of((int) layout.bytes(pitch, height));
        byte[] rgb = PlanarPictures.rgb(layout, planes, pitch, width, height);
        DecodedImage image = new DecodedImage(width, height, PixelFormat.RGB8, rgb, 0);

        compare(planes, pitch, layout, image, PreviewSize.of(width, height));
    }

    private void compare(
            byte[] bytes, int pitch, PictureLayout layout, DecodedImage image, PreviewSize size) {
        int targetPitch = PreviewKernel.targetPitch(size.width());
        byte[] expected = PreviewPlanes.of(image, size.width(), size.height(), targetPitch);

        byte[] actual = preview(bytes, pitch, layout, image, size);

        assertThat(actual).hasSize(expected.length + 1);
        assertThat(actual[expected.length]).as("the byte behind the planes").isEqualTo((byte) 77);
        clearGaps(actual, size.width(), targetPitch, size.height(), layout);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("byte %d of %s", i, size).isEqualTo(expected[i]);
        }
    }

    /** What lies between the end of a row and the next is nobody's. */
    private static void clearGaps(
            byte[] planes, int width, int pitch, int height, PictureLayout layout) {
        for (int i = 0; i < pitch * height; i++) {
            planes[i] = i % pitch < width ? planes[i] : 0;
        }
        if (layout != PictureLayout.GRAY8) {
            for (int i = 0; i < pitch / 2 * ((height + 1) / 2) * 2; i++) {
                int at = pitch * height + i;
                planes[at] = i % (pitch / 2) < (width + 1) / 2 ? planes[at] : 0;
            }
        }
    }

    /** The planes and one byte more, which was 77 before. */
    private byte[] preview(
            byte[] bytes, int pitch, PictureLayout layout, DecodedImage image, PreviewSize size) {
        CudaDevice device = CudaDevice.open(0);
        PictureLayout targetLayout = PreviewKernel.targetLayout(layout);
        int targetPitch = PreviewKernel.targetPitch(size.width());
        long targetBytes = targetLayout.bytes(targetPitch, size.height()) + 1;
        try (CudaStream stream = new CudaStream();
                PinnedBuffer host = new PinnedBuffer(bytes.length);
                DeviceBuffer source = new DeviceBuffer(bytes.length);
                PinnedBuffer result = new PinnedBuffer(targetBytes);
                DeviceBuffer target = new DeviceBuffer(targetBytes);
                PreviewKernel kernel = new PreviewKernel(device, new KernelCache(cacheFolder))) {
            host.view().put(0, bytes);
            source.copyFrom(host, bytes.length, stream);
            result.view().put((int) targetBytes - 1, (byte) 77);
            target.copyFrom(result, targetBytes, stream);
            kernel.launch(
                    new PreviewKernel.Picture(
                            source.address(), pitch, image.width(), image.height(), layout),
                    new PreviewKernel.Picture(
                            target.address(),
                            targetPitch,
                            size.width(),
                            size.height(),
                            targetLayout),
                    stream);
            target.copyTo(result, targetBytes, stream);
            stream.synchronize();
            byte[] planes = new byte[(int) targetBytes];
            result.view().get(0, planes);
            return planes;
        }
    }
}
