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
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import io.frameflow.postprocess.segmentation.SegmentationOutput;
import io.frameflow.postprocess.segmentation.SegmentationPostprocessor;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.ResourceLedger;
import io.frameflow.result.ClassMap;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@GpuTest
class ClassMapKernelTest {
    @TempDir Path cacheFolder;
    private Set<NativeResource> before;

    @BeforeEach
    void rememberOpenResources() {
        before = ResourceLedger.snapshot();
    }

    @AfterEach
    void nothingLeaked() {
        assertThat(ResourceLedger.leakedSince(before)).isEmpty();
    }

    /** Frames around warps and blocks; grids as fine as the input and coarser; both scalings. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 32, 32, 32, 32, 2, true, FLOAT32",
        "31, 33, 32, 32, 32, 32, 3, true, FLOAT32",
        "32, 8, 64, 32, 8, 4, 20, false, FLOAT32",
        "33, 31, 64, 64, 16, 16, 19, true, FLOAT32",
        "255, 1, 64, 64, 64, 64, 5, true, FLOAT32",
        "256, 1, 64, 64, 64, 64, 5, false, FLOAT32",
        "257, 3, 64, 64, 64, 64, 5, true, FLOAT32",
        "640, 480, 96, 96, 13, 11, 256, true, FLOAT32",
        "810, 1080, 1024, 512, 128, 64, 20, false, FLOAT32",
        "1920, 1080, 1024, 512, 1024, 512, 20, false, FLOAT32",
        "640, 360, 256, 256, 64, 64, 21, true, FLOAT16"
    })
    void equalsTheTwinInEveryPixel(
            int width,
            int height,
            int inputWidth,
            int inputHeight,
            int gridWidth,
            int gridHeight,
            int classes,
            boolean letterboxed,
            ElementType type) {
        InputSpec input = input(inputWidth, inputHeight, letterboxed);
        SegmentationOutput shape = new SegmentationOutput(classes, gridHeight, gridWidth);
        float[] logits = logits(2 * classes * gridWidth * gridHeight, type);
        Letterbox letterbox = input.letterbox(width, height);

        ClassMap actual = segment(input, shape, letterbox, logits, type, 16);

        ClassMap expected =
                new SegmentationPostprocessor(shape)
                        .process(
                                List.of(FloatBuffer.wrap(logits)),
                                1,
                                letterbox,
                                DetectionThresholds.DEFAULT)
                        .classMap()
                        .orElseThrow();
        assertThat(actual.classIds()).isEqualTo(expected.classIds());
    }

    @Test
    void reportsLogitsThatAreNotFinite() {
        InputSpec input = input(32, 32, false);
        SegmentationOutput shape = new SegmentationOutput(2, 4, 4);
        float[] logits = logits(2 * 2 * 16, ElementType.FLOAT32);
        logits[2 * 16 + 5] = Float.NaN;

        assertThat(segment(input, shape, input.letterbox(64, 64), logits, ElementType.FLOAT32, 1))
                .isNull();
    }

    private static InputSpec input(int width, int height, boolean letterboxed) {
        return new InputSpec(
                width,
                height,
                ColorOrder.RGB,
                Normalization.UNIT,
                new Scaling(letterboxed, true, true),
                114);
    }

    /** Numbers that half precision holds exactly, where it is asked for. */
    private static float[] logits(int count, ElementType type) {
        Random random = new Random(count);
        float[] logits = new float[count];
        for (int i = 0; i < count; i++) {
            float value = (float) random.nextGaussian();
            logits[i] = type == ElementType.FLOAT16 ? Math.round(256 * value) / 256f : value;
        }
        return logits;
    }

    /** A picture in the second place of two, in maps that grow; null if it is not finite. */
    private @Nullable ClassMap segment(
            InputSpec input,
            SegmentationOutput shape,
            Letterbox letterbox,
            float[] logits,
            ElementType type,
            long pixels) {
        CudaDevice device = CudaDevice.open(0);
        long bytes = (long) logits.length * type.bytes();
        try (CudaStream stream = new CudaStream();
                PinnedBuffer host = new PinnedBuffer(bytes);
                DeviceBuffer network = new DeviceBuffer(bytes);
                FrameDescriptors frames = new FrameDescriptors(2);
                ClassMapBuffers maps = new ClassMapBuffers(2, pixels);
                ClassMapKernel kernel =
                        new ClassMapKernel(
                                device,
                                new KernelCache(cacheFolder),
                                frames,
                                2,
                                input,
                                shape,
                                type,
                                network,
                                maps)) {
            for (float logit : logits) {
                if (type == ElementType.FLOAT16) {
                    host.view().putShort(half(logit));
                } else {
                    host.view().putFloat(logit);
                }
            }
            network.copyFrom(host, bytes, stream);
            frames.set(1, 0, 0, PictureLayout.RGB8, letterbox);
            frames.upload(stream);
            maps.clear();
            maps.prepare(1, letterbox.sourceWidth(), letterbox.sourceHeight());
            maps.upload(stream);
            kernel.launch(2, stream);
            maps.download(stream);
            stream.synchronize();
            assertThat(maps.isFinite(0)).as("the unused place").isTrue();
            return maps.isFinite(1) ? maps.read(1) : null;
        }
    }

    /** A number that half precision holds exactly, of the size of logits. */
    private static short half(float value) {
        int bits = Float.floatToIntBits(value);
        if (value == 0) {
            return 0;
        }
        int exponent = ((bits >> 23) & 255) - 127 + 15;
        return (short) (((bits >> 16) & 0x8000) | (exponent << 10) | ((bits >> 13) & 1023));
    }
}
