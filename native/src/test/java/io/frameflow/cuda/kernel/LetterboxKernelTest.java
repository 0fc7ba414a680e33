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
import io.frameflow.engine.ElementType;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.PixelFormat;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import io.frameflow.preprocess.LetterboxPreprocessor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@GpuTest
class LetterboxKernelTest {
    private static final Normalization IMAGENET =
            new Normalization(
                    1.0, List.of(123.675, 116.28, 103.53), List.of(58.395, 57.12, 57.375));

    @TempDir Path cacheFolder;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 32, 32, RGB8",
        "1, 33, 32, 32, BGR8",
        "31, 32, 32, 32, RGB8",
        "32, 32, 32, 32, GRAY8",
        "33, 31, 32, 64, RGB8",
        "64, 64, 32, 32, BGR8",
        "1280, 720, 640, 640, RGB8",
        "810, 1080, 640, 640, BGR8",
        "1920, 1080, 640, 384, RGB8",
        "641, 479, 320, 256, GRAY8",
        "100, 75, 639, 641, RGB8"
    })
    void equalsTheTwinInEveryBit(int width, int height, int toWidth, int toHeight, String format) {
        PixelFormat layout = PixelFormat.valueOf(format);
        DecodedImage image = random(width, height, layout);
        InputSpec input =
                new InputSpec(toWidth, toHeight, ColorOrder.BGR, IMAGENET, Scaling.CENTERED, 114);
        LetterboxPreprocessor twin = new LetterboxPreprocessor(input);
        FloatBuffer expected = FloatBuffer.allocate(2 * twin.elements());
        twin.write(image, expected, 1);
        float padding = input.normalization().apply(0, 114);

        float[] actual = letterbox(image, ImageEncoding.valueOf(format), input);

        assertThat(actual[0]).as("the unused place is padding").isEqualTo(padding);
        for (int i = twin.elements(); i < 2 * twin.elements(); i++) {
            assertThat(actual[i]).as("element %d", i).isEqualTo(expected.get(i));
        }
    }

    /** One picture in the second place of two; the first is unused. */
    private float[] letterbox(DecodedImage image, ImageEncoding layout, InputSpec input) {
        CudaDevice device = CudaDevice.open(0);
        long outputBytes = 2L * 3 * input.width() * input.height() * Float.BYTES;
        try (CudaStream stream = new CudaStream();
                PinnedBuffer pixels = new PinnedBuffer(image.pixels().length);
                DeviceBuffer source = new DeviceBuffer(image.pixels().length);
                DeviceBuffer output = new DeviceBuffer(outputBytes);
                PinnedBuffer result = new PinnedBuffer(outputBytes);
                FrameDescriptors frames = new FrameDescriptors(2);
                LetterboxKernel kernel =
                        new LetterboxKernel(
                                device,
                                new KernelCache(cacheFolder),
                                frames,
                                2,
                                input,
                                ElementType.FLOAT32,
                                output)) {
            pixels.view().put(0, image.pixels());
            source.copyFrom(pixels, source.bytes(), stream);
            frames.set(
                    1,
                    source.address(),
                    image.rowBytes(),
                    layout,
                    input.letterbox(image.width(), image.height()));
            frames.upload(stream);
            kernel.launch(stream);
            output.copyTo(result, outputBytes, stream);
            stream.synchronize();
            float[] values = new float[(int) (outputBytes / Float.BYTES)];
            result.view().asFloatBuffer().get(values);
            return values;
        }
    }

    private static DecodedImage random(int width, int height, PixelFormat format) {
        byte[] pixels = new byte[width * height * format.channels()];
        new Random(11).nextBytes(pixels);
        return new DecodedImage(width, height, format, pixels, 0);
    }
}
