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
package io.frameflow.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.NoisePixels;
import io.frameflow.image.PixelFormat;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import io.frameflow.reference.ReferenceData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Scaled pictures equal those that OpenCV makes, byte for byte. */
class OpenCvLetterboxTest {
    private static final Normalization IDENTITY =
            new Normalization(1.0, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    private static final Scaling STRETCHED = new Scaling(false, false, true);

    @ParameterizedTest(name = "{0} x {1} to {2} x {3}")
    @CsvFileSource(resources = "opencv-resize.csv")
    void scalesAsOpenCvDoes(
            int width, int height, int toWidth, int toHeight, String expectedChecksum) {
        byte[] noise = NoisePixels.of(width * height * 3);
        var image = new DecodedImage(width, height, PixelFormat.BGR8, noise, 0);
        var input = new InputSpec(toWidth, toHeight, ColorOrder.BGR, IDENTITY, STRETCHED, 114);

        var crc = new CRC32();
        crc.update(interleaved(preprocess(image, input), toWidth * toHeight));

        assertThat("%08x".formatted(crc.getValue())).isEqualTo(expectedChecksum);
    }

    @Test
    void placesThePhotographAsUltralyticsDoes() throws IOException {
        byte[] file = Files.readAllBytes(ReferenceData.file("images/bus.jpg"));
        byte[] expected =
                Files.readAllBytes(
                        ReferenceData.file("expected/bus_letterbox_640x640x3_rgb_u8.raw"));
        var input = new InputSpec(640, 640, ColorOrder.RGB, IDENTITY, Scaling.CENTERED, 114);

        byte[] actual;
        try (var decoder = new CpuImageDecoder(DecodeLimits.DEFAULT)) {
            DecodedImage image =
                    decoder.decode(ImageEncoding.JPEG, 810, 1080, ByteBuffer.wrap(file));
            Letterbox letterbox = input.letterbox(image.width(), image.height());
            assertThat(letterbox.resizedWidth()).isEqualTo(480);
            actual = interleaved(preprocess(image, input), 640 * 640);
        }

        assertThat(actual).isEqualTo(expected);
    }

    private static float[] preprocess(DecodedImage image, InputSpec input) {
        var preprocessor = new LetterboxPreprocessor(input);
        FloatBuffer tensor = FloatBuffer.allocate(preprocessor.elements());
        preprocessor.write(image, tensor, 0);
        return tensor.array();
    }

    private static byte[] interleaved(float[] planes, int plane) {
        byte[] bytes = new byte[planes.length];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) planes[index % 3 * plane + index / 3];
        }
        return bytes;
    }
}
