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
import io.frameflow.engine.ElementType;
import io.frameflow.engine.HalfFloat;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.NoisePixels;
import io.frameflow.image.PixelFormat;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import io.frameflow.model.ResizePrecision;
import io.frameflow.preprocess.LetterboxPreprocessor;
import io.frameflow.resource.LeakCheck;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@GpuTest
@ExtendWith(LeakCheck.class)
class LetterboxKernelTest {
    private static final Normalization IMAGENET =
            new Normalization(
                    1.0, List.of(123.675, 116.28, 103.53), List.of(58.395, 57.12, 57.375));

    private static final Scaling STRETCHED = new Scaling(false, false, true);

    @TempDir Path cacheFolder;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 32, 32, RGB8",
        "1, 33, 32, 32, BGR8",
        "31, 32, 32, 32, RGB8",
        "32, 32, 32, 32, GRAY8",
        "33, 31, 32, 64, RGB8",
        "64, 64, 32, 32, BGR8",
        "4, 3, 32, 32, BGR8",
        "1280, 720, 640, 640, RGB8",
        "810, 1080, 640, 640, BGR8",
        "1920, 1080, 640, 384, RGB8",
        "641, 479, 320, 256, GRAY8",
        "100, 75, 639, 641, RGB8"
    })
    void equalsTheTwinInEveryBit(int width, int height, int toWidth, int toHeight, String format) {
        compare(width, height, toWidth, toHeight, format, ResizePrecision.UINT8);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 32, 32, RGB8",
        "33, 31, 32, 64, RGB8",
        "64, 64, 32, 32, BGR8",
        "810, 1080, 1024, 512, BGR8",
        "641, 479, 320, 256, GRAY8",
        "100, 75, 639, 641, RGB8"
    })
    void equalsTheTwinWithoutRounding(
            int width, int height, int toWidth, int toHeight, String format) {
        compare(width, height, toWidth, toHeight, format, ResizePrecision.FLOAT32);
    }

    private void compare(
            int width,
            int height,
            int toWidth,
            int toHeight,
            String format,
            ResizePrecision precision) {
        PixelFormat layout = PixelFormat.valueOf(format);
        DecodedImage image = random(width, height, layout);
        InputSpec input =
                new InputSpec(
                        toWidth,
                        toHeight,
                        ColorOrder.BGR,
                        IMAGENET,
                        Scaling.CENTERED,
                        precision,
                        114);
        LetterboxPreprocessor twin = new LetterboxPreprocessor(input);
        FloatBuffer expected = FloatBuffer.allocate(2 * twin.elements());
        twin.write(image, expected, 1);
        float padding = input.normalization().apply(0, 114);

        Letterbox placed = input.letterbox(width, height);
        float[] actual =
                letterbox(
                        image.pixels(),
                        image.rowBytes(),
                        PictureLayout.valueOf(format),
                        placed,
                        input,
                        ElementType.FLOAT32);

        assertThat(actual[0]).as("the unused place is padding").isEqualTo(padding);
        for (int i = twin.elements(); i < 2 * twin.elements(); i++) {
            assertThat(actual[i]).as("element %d", i).isEqualTo(expected.get(i));
        }
    }

    /** Colours are converted in the kernel; the twin has them converted by the decoder before. */
    @ParameterizedTest
    @CsvSource({"2, 2, CENTERED", "34, 32, CENTERED", "1280, 720, CENTERED", "66, 50, STRETCHED"})
    void readsNv12AsTheTwinDoes(int width, int height, String scaling) {
        byte[] planes = NoisePixels.of(width * height * 3 / 2);
        Scaling fit = scaling.equals("CENTERED") ? Scaling.CENTERED : STRETCHED;
        InputSpec input = new InputSpec(320, 192, ColorOrder.RGB, Normalization.UNIT, fit, 114);
        LetterboxPreprocessor twin = new LetterboxPreprocessor(input);
        FloatBuffer expected = FloatBuffer.allocate(twin.elements());
        try (CpuImageDecoder decoder = new CpuImageDecoder(DecodeLimits.DEFAULT)) {
            ByteBuffer bytes = ByteBuffer.wrap(planes);
            twin.write(decoder.decode(ImageEncoding.NV12, width, height, bytes), expected, 0);
        }

        float[] actual =
                letterbox(
                        planes,
                        width,
                        PictureLayout.NV12,
                        input.letterbox(width, height),
                        input,
                        ElementType.FLOAT32);

        assertThat(Arrays.copyOfRange(actual, twin.elements(), 2 * twin.elements()))
                .isEqualTo(expected.array());
    }

    /** The kernel reads planes as libjpeg would; the twin is given what that makes of them. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 32, 32, YUV420",
        "2, 3, 32, 32, YUV420",
        "4, 4, 32, 32, YUV420",
        "5, 5, 32, 32, YUV420",
        "6, 7, 33, 31, YUV420",
        "31, 33, 32, 32, YUV420",
        "64, 64, 64, 64, YUV420",
        "1280, 720, 640, 640, YUV420",
        "1281, 719, 640, 640, YUV420",
        "1920, 1080, 640, 384, YUV420",
        "100, 75, 639, 641, YUV420",
        "1920, 64, 64, 64, YUV420",
        "3, 5, 32, 32, YUV422",
        "101, 67, 96, 64, YUV422",
        "100, 75, 639, 641, YUV422",
        "33, 31, 32, 64, YUV444",
        "1280, 720, 640, 640, YUV444"
    })
    void readsPlanesAsLibjpegDoes(
            int width, int height, int toWidth, int toHeight, PictureLayout layout) {
        int pitch = (width + 63) / 64 * 64;
        byte[] planes = NoisePixels.of((int) layout.bytes(pitch, height));
        byte[] rgb = PlanarPictures.rgb(layout, planes, pitch, width, height);
        InputSpec input =
                new InputSpec(toWidth, toHeight, ColorOrder.RGB, IMAGENET, Scaling.CENTERED, 114);
        LetterboxPreprocessor twin = new LetterboxPreprocessor(input);
        FloatBuffer expected = FloatBuffer.allocate(twin.elements());
        twin.write(new DecodedImage(width, height, PixelFormat.RGB8, rgb, 0), expected, 0);

        float[] actual =
                letterbox(
                        planes,
                        pitch,
                        layout,
                        input.letterbox(width, height),
                        input,
                        ElementType.FLOAT32);

        assertThat(Arrays.copyOfRange(actual, twin.elements(), 2 * twin.elements()))
                .isEqualTo(expected.array());
    }

    /** What becomes exactly half as large has a way of its own, if groups of 8 pixels fit in. */
    @ParameterizedTest
    @CsvSource({
        "16, 2, 8, 8, RGB, FLOAT16",
        "16, 2, 8, 8, BGR, FLOAT32",
        "16, 64, 8, 32, RGB, FLOAT32",
        "64, 66, 32, 33, BGR, FLOAT16",
        "128, 64, 64, 32, RGB, FLOAT16",
        "128, 64, 64, 64, BGR, FLOAT32",
        "144, 62, 72, 40, RGB, FLOAT16",
        "256, 130, 144, 65, RGB, FLOAT16",
        "256, 130, 136, 65, RGB, FLOAT16",
        "252, 130, 136, 65, BGR, FLOAT16",
        "1280, 720, 640, 640, RGB, FLOAT16",
        "1280, 720, 640, 384, BGR, FLOAT16",
        "720, 1280, 640, 640, RGB, FLOAT16"
    })
    void halvesAsTheTwinDoes(
            int width, int height, int toWidth, int toHeight, ColorOrder order, ElementType type) {
        int pitch = (width + 63) / 64 * 64;
        byte[] planes = NoisePixels.of((int) PictureLayout.YUV420.bytes(pitch, height));
        byte[] rgb = PlanarPictures.rgb(PictureLayout.YUV420, planes, pitch, width, height);
        InputSpec input = new InputSpec(toWidth, toHeight, order, IMAGENET, Scaling.CENTERED, 114);
        LetterboxPreprocessor twin = new LetterboxPreprocessor(input);
        FloatBuffer expected = FloatBuffer.allocate(twin.elements());
        twin.write(new DecodedImage(width, height, PixelFormat.RGB8, rgb, 0), expected, 0);

        float[] actual =
                letterbox(
                        planes,
                        pitch,
                        PictureLayout.YUV420,
                        input.letterbox(width, height),
                        input,
                        type);

        for (int i = 0; i < twin.elements(); i++) {
            float number = expected.get(i);
            assertThat(actual[twin.elements() + i])
                    .as("element %d", i)
                    .isEqualTo(
                            type == ElementType.FLOAT16
                                    ? HalfFloat.toFloat(HalfFloat.of(number))
                                    : number);
        }
    }

    @Test
    void halfPrecisionIsTheTwinsResultRounded() {
        DecodedImage image = random(101, 67, PixelFormat.RGB8);
        InputSpec input = new InputSpec(96, 64, ColorOrder.RGB, IMAGENET, Scaling.CENTERED, 114);
        LetterboxPreprocessor twin = new LetterboxPreprocessor(input);
        FloatBuffer expected = FloatBuffer.allocate(twin.elements());
        twin.write(image, expected, 0);

        float[] actual =
                letterbox(
                        image.pixels(),
                        image.rowBytes(),
                        PictureLayout.RGB8,
                        input.letterbox(image.width(), image.height()),
                        input,
                        ElementType.FLOAT16);

        for (int i = 0; i < twin.elements(); i++) {
            assertThat(actual[twin.elements() + i])
                    .as("element %d", i)
                    .isEqualTo(HalfFloat.toFloat(HalfFloat.of(expected.get(i))));
        }
    }

    /**
     * One picture in the second place of two; the first is unused. What comes out is the same in a
     * batch so large that tiles are high.
     */
    private float[] letterbox(
            byte[] picture,
            int pitch,
            PictureLayout layout,
            Letterbox placed,
            InputSpec input,
            ElementType type) {
        float[] few = lastTwo(2, picture, pitch, layout, placed, input, type);
        int many = (1 << 20) / (input.width() * input.height()) + 2;
        assertThat(lastTwo(many, picture, pitch, layout, placed, input, type)).isEqualTo(few);
        return few;
    }

    /** The last two places of a batch in which only the last one is used. */
    private float[] lastTwo(
            int batch,
            byte[] picture,
            int pitch,
            PictureLayout layout,
            Letterbox placed,
            InputSpec input,
            ElementType type) {
        CudaDevice device = CudaDevice.open(0);
        int elements = 2 * 3 * input.width() * input.height();
        long outputBytes = (long) elements / 2 * batch * type.bytes();
        try (CudaStream stream = new CudaStream();
                PinnedBuffer pixels = new PinnedBuffer(picture.length);
                DeviceBuffer source = new DeviceBuffer(picture.length);
                DeviceBuffer output = new DeviceBuffer(outputBytes);
                PinnedBuffer result = new PinnedBuffer(outputBytes);
                FrameDescriptors frames = new FrameDescriptors(batch);
                LetterboxKernel kernel =
                        new LetterboxKernel(
                                device,
                                new KernelCache(cacheFolder),
                                frames,
                                batch,
                                input,
                                type,
                                output)) {
            pixels.view().put(0, picture);
            source.copyFrom(pixels, source.bytes(), stream);
            frames.set(batch - 1, source.address(), pitch, layout, placed);
            frames.upload(stream);
            kernel.launch(stream);
            output.copyTo(result, outputBytes, stream);
            stream.synchronize();
            float[] values = new float[elements];
            int first = elements / 2 * (batch - 2);
            for (int i = 0; i < elements; i++) {
                values[i] =
                        type == ElementType.FLOAT16
                                ? HalfFloat.toFloat(result.view().getShort(2 * (first + i)))
                                : result.view().getFloat(4 * (first + i));
            }
            return values;
        }
    }

    private static DecodedImage random(int width, int height, PixelFormat format) {
        byte[] pixels = new byte[width * height * format.channels()];
        new Random(11).nextBytes(pixels);
        return new DecodedImage(width, height, format, pixels, 0);
    }
}
