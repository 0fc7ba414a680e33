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

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.cuda.kernel.GpuTest;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.encode.Scene;
import io.frameflow.encode.ShownPicture;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.NoisePixels;
import io.frameflow.resource.LeakCheck;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.ResourceLedger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@GpuTest
@ExtendWith(LeakCheck.class)
class GpuPreviewEncoderTest {
    @TempDir Path cacheFolder;

    private GpuPreviewEncoder encoder;

    @BeforeEach
    void open() {
        encoder = new GpuPreviewEncoder(CudaDevice.open(0), new KernelCache(cacheFolder));
    }

    @AfterEach
    void close() {
        encoder.close();
    }

    @ParameterizedTest
    @CsvSource({
        "16, 16, RGB8",
        "33, 31, BGR8",
        "160, 120, GRAY8",
        "64, 48, NV12",
        "641, 479, RGB8",
        "1280, 720, BGR8",
        "1280, 720, NV12",
        "1281, 721, GRAY8",
        "1920, 1080, RGB8",
        "1080, 1920, NV12",
        "3840, 2160, BGR8"
    })
    void showsThePicture(int width, int height, ImageEncoding encoding) {
        byte[] bytes = Scene.of(encoding, width, height, 5, 3);

        ByteBuffer jpeg = encode(encoding, width, height, bytes);

        ShownPicture.assertShows(jpeg, decoded(encoding, width, height, bytes), "the picture");
    }

    /** Grey and coloured ones, small and large, one behind the other. */
    @Test
    void onePictureDoesNotShowInTheNext() {
        for (int i = 0; i < 12; i++) {
            ImageEncoding encoding = i % 3 == 0 ? ImageEncoding.GRAY8 : ImageEncoding.RGB8;
            int width = 64 + i * 7919 % 1500;
            int height = 64 + i * 104729 % 900;
            byte[] bytes = Scene.of(encoding, width, height, i, 3);

            ByteBuffer jpeg = encode(encoding, width, height, bytes);

            ShownPicture.assertShows(jpeg, decoded(encoding, width, height, bytes), "picture " + i);
        }
    }

    /** More than the encoder takes at first, of planes and of the file. */
    @Test
    void memoryGrowsToTheLargestPictureAndNoFurther() {
        byte[] noise = NoisePixels.of(3 * 1280 * 1280);
        ByteBuffer first = encode(ImageEncoding.RGB8, 1280, 1280, noise);
        Set<NativeResource> before = ResourceLedger.snapshot();

        ByteBuffer second = encode(ImageEncoding.RGB8, 1280, 1280, noise);

        assertThat(first.remaining()).isGreaterThan(512 << 10);
        assertThat(second).isEqualTo(first);
        assertThat(ResourceLedger.leakedSince(before)).isEmpty();
    }

    /** nvJPEG may refuse sizes that no camera has; the card must stand it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15})
    void tinyPicturesAreShownOrRefused(int side) {
        for (ImageEncoding encoding :
                new ImageEncoding[] {ImageEncoding.RGB8, ImageEncoding.GRAY8}) {
            byte[] bytes = Scene.of(encoding, side, side, 5, 0);
            try {
                ByteBuffer jpeg = encode(encoding, side, side, bytes);
                ShownPicture.assertShows(jpeg, decoded(encoding, side, side, bytes), "tiny");
            } catch (FrameflowException refused) {
                assertThat(refused.kind()).isNotEqualTo(FailureKind.DEVICE_LOST);
            }
        }
        byte[] usual = Scene.of(ImageEncoding.RGB8, 64, 64, 5, 3);
        ShownPicture.assertShows(
                encode(ImageEncoding.RGB8, 64, 64, usual),
                decoded(ImageEncoding.RGB8, 64, 64, usual),
                "the picture behind a tiny one");
    }

    private ByteBuffer encode(ImageEncoding encoding, int width, int height, byte[] bytes) {
        PictureLayout layout = PictureLayout.valueOf(encoding.name());
        try (CudaStream stream = new CudaStream();
                PinnedBuffer host = new PinnedBuffer(bytes.length);
                DeviceBuffer device = new DeviceBuffer(bytes.length)) {
            host.view().put(0, bytes);
            device.copyFrom(host, bytes.length, stream);
            stream.synchronize();
            return encoder.encode(
                    new GpuPicture(
                            width, height, layout, device.address(), layout.rowBytes(width)));
        }
    }

    private static DecodedImage decoded(
            ImageEncoding encoding, int width, int height, byte[] bytes) {
        try (CpuImageDecoder decoder = new CpuImageDecoder(DecodeLimits.DEFAULT)) {
            return decoder.decode(encoding, width, height, ByteBuffer.wrap(bytes));
        }
    }
}
