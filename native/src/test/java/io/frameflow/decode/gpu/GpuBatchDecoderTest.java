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
package io.frameflow.decode.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.kernel.GpuTest;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.cuda.kernel.PlanarPictures;
import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.GoldenPictures;
import io.frameflow.decode.JpegDecodingTest;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.CameraPicture;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.image.NoisePixels;
import io.frameflow.resource.LeakCheck;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@GpuTest
@ExtendWith(LeakCheck.class)
class GpuBatchDecoderTest {
    private static final int CAPACITY = 8;
    private static final DecodeLimits LIMITS = new DecodeLimits(2000, 1_000_000);

    /** Those that the table of bad files was made for. */
    private static final DecodeLimits SMALL = new DecodeLimits(100, 5000);

    /**
     * Damage within the entropy-coded data that the card's decoders make up for without a word; the
     * CPU's decoder reports it.
     */
    private static final Set<String> UNSEEN =
            Set.of("zeroed data", "larger than its data", "scan without data");

    /** One picture of a batch: as it was handed over, and what became of it. */
    private record Frame(ImageEncoding encoding, int width, int height, ByteBuffer bytes) {
        static Frame jpeg(byte[] bytes) {
            return new Frame(ImageEncoding.JPEG, 0, 0, ByteBuffer.wrap(bytes));
        }
    }

    private record Decoded(@Nullable FailureCode failure, @Nullable ByteBuffer pixels) {}

    /** Takes down what a decoder says of the pictures of a batch. */
    private static final class Outcomes implements GpuBatchDecoder.Outcome {
        private final Map<Integer, GpuPicture> pictures = new HashMap<>();
        private final Map<Integer, FailureCode> failures = new HashMap<>();

        @Override
        public void decoded(int place, GpuPicture picture) {
            pictures.put(place, picture);
        }

        @Override
        public void rejected(int place, FrameflowException reason) {
            failures.put(place, reason.code());
        }
    }

    /** Shared by all tests, since to make one takes seconds. */
    private static final Map<DecodeLimits, GpuBatchDecoder> DECODERS = new HashMap<>();

    @BeforeAll
    static void openDecoders() {
        CudaDevice.open(0).makeCurrent();
        try (CudaStream stream = new CudaStream()) {
            for (DecodeLimits limits : List.of(LIMITS, SMALL)) {
                GpuBatchDecoder decoder = new GpuBatchDecoder(CAPACITY, limits);
                DECODERS.put(limits, decoder);
                // No picture of a test needs more memory than this: no test takes any.
                soil(decoder, limits, stream);
            }
        }
    }

    @AfterAll
    static void closeDecoders() {
        try (Rollback everything = new Rollback()) {
            DECODERS.values().forEach(everything::add);
        }
    }

    /**
     * Has other pixels where pictures will be decoded to, lest a picture of an earlier test be
     * taken for one that was never written.
     */
    private static void soil(GpuBatchDecoder decoder, DecodeLimits limits, CudaStream stream) {
        int side = (int) Math.sqrt(limits.maxPixels());
        byte[] pixels = new byte[3 * side * side];
        Arrays.fill(pixels, (byte) 0xA5);
        decoder.begin();
        for (int place = 0; place < CAPACITY; place++) {
            decoder.add(place, ImageEncoding.RGB8, side, side, ByteBuffer.wrap(pixels));
        }
        decoder.stage();
        decoder.decode(stream, new Outcomes());
        stream.synchronize();
    }

    /** The planes are libjpeg's, and what is made of them too. */
    @ParameterizedTest
    @ValueSource(strings = {"444", "422", "420", "restart", "low-quality", "gray"})
    void decodesAsTheCpuDoes(String name) {
        byte[] file = GoldenPictures.read(name + ".jpg");

        byte[] actual = pixels(decode(List.of(Frame.jpeg(file))).get(0));

        assertEqualPixels(actual, pixelsOnTheCpu(file));
    }

    /**
     * Progressive files are decoded by another transform than libjpeg's. Both compute the same real
     * numbers and round them to samples, with errors far below one half, so that a sample is off by
     * one at most. Interpolated chroma then is, too, since its weights sum to one before it is
     * rounded. Red is luma + 1.402 (Cr - 128), the second part rounded: off by 1 + 2. Green is off
     * by 1 + 2, of 0.344 + 0.714 rounded, and blue by 1 + 2, of 1.772 rounded.
     *
     * <p>Off by so much are few: a transform by IEEE 1180 has a mean square error of at most 0.02,
     * so that one sample in 25 differs between two of them. That makes 0.04 (1 + 1.402), 0.04 (1 +
     * 0.344 + 0.714) and 0.04 (1 + 1.772) levels of red, green and blue: 0.096 on average.
     */
    @Test
    void progressiveFilesDifferByTheRoundingOfTheirTransform() {
        byte[] file = GoldenPictures.read("progressive.jpg");

        byte[] actual = pixels(decode(List.of(Frame.jpeg(file))).get(0));

        byte[] expected = pixelsOnTheCpu(file);
        assertThat(largestDifference(actual, expected)).isLessThanOrEqualTo(3);
        assertThat(meanDifference(actual, expected)).isLessThan(0.1);
    }

    /** The multiprocessors decode by another transform, see above. */
    @ParameterizedTest
    @ValueSource(strings = {"444", "422", "420", "restart", "low-quality", "gray"})
    void cardsWithoutEnginesForJpegDecodeThemToo(String name) {
        byte[] file = GoldenPictures.read(name + ".jpg");
        byte[] actual;
        CudaDevice.open(0).makeCurrent();
        try (GpuBatchDecoder decoder = new GpuBatchDecoder(CAPACITY, LIMITS, false)) {
            actual = pixels(decode(List.of(Frame.jpeg(file)), decoder, LIMITS).get(0));
        }

        byte[] expected = pixelsOnTheCpu(file);
        assertThat(largestDifference(actual, expected)).isLessThanOrEqualTo(3);
        assertThat(meanDifference(actual, expected)).isLessThan(0.1);
    }

    @Test
    void whatNvjpegFailsAtIsWhatTheCpuMakesOfIt() {
        FrameflowException failure = NvjpegStatus.failure(6, "nvjpegDecode");
        byte[] file = GoldenPictures.read("420.jpg");
        CudaDevice.open(0).makeCurrent();
        try (CudaStream stream = new CudaStream();
                CpuImageDecoder cpu = new CpuImageDecoder(LIMITS);
                RescuedPictures rescued = new RescuedPictures(cpu)) {
            GpuPicture picture = rescued.rescue(0, 0, ByteBuffer.wrap(file), failure, stream);

            assertEqualPixels(download(picture), pixelsOnTheCpu(file));
            ByteBuffer cut = ByteBuffer.wrap(file, 0, file.length / 2).slice();
            assertThatThrownBy(() -> rescued.rescue(0, 0, cut, failure, stream))
                    .extracting(e -> ((FrameflowException) e).code().kind())
                    .isEqualTo(FailureKind.BAD_INPUT);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "641, 479", "17, 33", "5, 5", "4, 4", "2, 2", "1, 1"})
    void picturesOfAnySizeAreThoseOfTheCpu(int width, int height) {
        byte[] file = CameraPicture.jpeg(width, height);

        byte[] actual = pixels(decode(List.of(Frame.jpeg(file))).get(0));

        assertEqualPixels(actual, pixelsOnTheCpu(file));
    }

    /**
     * Largest mean difference from the CPU's decoder in grey levels, where nvJPEG interpolates
     * chroma: what that adds depends on the picture.
     */
    @ParameterizedTest
    @CsvSource({"411, 6", "440, 6"})
    void unusualSubsamplingDiffersLittleFromTheCpu(String name, double most) {
        byte[] file = GoldenPictures.read(name + ".jpg");

        byte[] actual = pixels(decode(List.of(Frame.jpeg(file))).get(0));

        assertThat(meanDifference(actual, pixelsOnTheCpu(file))).isLessThan(most);
    }

    @Test
    void aBatchMayHoldAllKinds() {
        byte[] gray = NoisePixels.of(31 * 17);
        byte[] bgr = NoisePixels.of(33 * 5 * 3);
        byte[] nv12 = NoisePixels.of(64 * 48 * 3 / 2);
        List<Frame> frames =
                List.of(
                        Frame.jpeg(GoldenPictures.read("420.jpg")),
                        new Frame(ImageEncoding.GRAY8, 31, 17, ByteBuffer.wrap(gray)),
                        Frame.jpeg(GoldenPictures.read("progressive.jpg")),
                        new Frame(
                                ImageEncoding.PNG,
                                0,
                                0,
                                ByteBuffer.wrap(GoldenPictures.read("444.png"))),
                        Frame.jpeg(CameraPicture.jpeg(640, 480)),
                        new Frame(ImageEncoding.BGR8, 33, 5, ByteBuffer.wrap(bgr)),
                        new Frame(ImageEncoding.NV12, 64, 48, ByteBuffer.wrap(nv12)),
                        Frame.jpeg(GoldenPictures.read("gray.jpg")));

        List<Decoded> together = decode(frames);

        assertThat(together.get(1).pixels()).isEqualTo(ByteBuffer.wrap(gray));
        assertThat(together.get(5).pixels()).isEqualTo(ByteBuffer.wrap(bgr));
        assertThat(together.get(6).pixels()).isEqualTo(ByteBuffer.wrap(nv12));
        for (int i = 0; i < frames.size(); i++) {
            Decoded alone = decode(List.of(frames.get(i))).get(0);
            assertThat(together.get(i).pixels()).as("picture %d", i).isEqualTo(alone.pixels());
        }
    }

    static List<Arguments> badFiles() {
        return JpegDecodingTest.badFiles().toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void aBadPictureFailsAlone(String what, byte[] bad, FailureCode onTheCpu) {
        byte[] good = GoldenPictures.read("420.jpg");
        byte[] camera = GoldenPictures.read("422.jpg");
        byte[] expectedGood = pixels(decode(List.of(Frame.jpeg(good))).get(0));
        byte[] expectedCamera = pixels(decode(List.of(Frame.jpeg(camera))).get(0));

        List<Decoded> batch =
                decode(List.of(Frame.jpeg(good), Frame.jpeg(bad), Frame.jpeg(camera)), SMALL);

        System.out.printf("%s: %s, CPU %s%n", what, batch.get(1).failure(), onTheCpu);
        assertThat(batch.get(0).pixels()).isEqualTo(ByteBuffer.wrap(expectedGood));
        assertThat(batch.get(2).pixels()).isEqualTo(ByteBuffer.wrap(expectedCamera));
        if (!UNSEEN.contains(what)) {
            assertThat(batch.get(1).failure()).isEqualTo(onTheCpu);
        }
    }

    private static byte[] pixels(Decoded decoded) {
        assertThat(decoded.failure()).isNull();
        assertThat(decoded.pixels()).isNotNull();
        return decoded.pixels().array();
    }

    /** Red, green and blue, or gray alone. */
    private static byte[] pixelsOnTheCpu(byte[] file) {
        try (CpuImageDecoder decoder = new CpuImageDecoder(LIMITS)) {
            DecodedImage image = decoder.decode(ImageEncoding.JPEG, 0, 0, ByteBuffer.wrap(file));
            byte[] pixels = GoldenPictures.pixels(image);
            return pixels;
        }
    }

    private static void assertEqualPixels(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        int different = 0;
        for (int i = 0; i < actual.length; i++) {
            different += actual[i] == expected[i] ? 0 : 1;
        }
        int largest = largestDifference(actual, expected);
        assertThat(different)
                .as("numbers that differ, of %d, by at most %d", actual.length, largest)
                .isZero();
    }

    private static int largestDifference(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        int largest = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF)));
        }
        return largest;
    }

    private static double meanDifference(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        long sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF));
        }
        return (double) sum / actual.length;
    }

    private static List<Decoded> decode(List<Frame> frames) {
        return decode(frames, LIMITS);
    }

    private static List<Decoded> decode(List<Frame> frames, DecodeLimits limits) {
        CudaDevice.open(0).makeCurrent();
        return decode(frames, DECODERS.get(limits), limits);
    }

    private static List<Decoded> decode(
            List<Frame> frames, GpuBatchDecoder decoder, DecodeLimits limits) {
        Outcomes outcomes = new Outcomes();
        try (CudaStream stream = new CudaStream()) {
            soil(decoder, limits, stream);
            decoder.begin();
            for (int place = 0; place < frames.size(); place++) {
                Frame frame = frames.get(place);
                try {
                    decoder.add(
                            place, frame.encoding(), frame.width(), frame.height(), frame.bytes());
                } catch (FrameflowException e) {
                    outcomes.rejected(place, e);
                }
            }
            decoder.stage();
            decoder.decode(stream, outcomes);
            stream.synchronize();
        }
        List<Decoded> results = new ArrayList<>();
        for (int place = 0; place < frames.size(); place++) {
            GpuPicture picture = outcomes.pictures.get(place);
            results.add(
                    new Decoded(
                            outcomes.failures.get(place),
                            picture == null ? null : ByteBuffer.wrap(download(picture))));
        }
        return results;
    }

    /** Raw pixels as they are; of JPEGs, red, green and blue. */
    private static byte[] download(GpuPicture picture) {
        PictureLayout layout = picture.layout();
        int bytes = Math.toIntExact(layout.bytes(picture.pitch(), picture.height()));
        byte[] pixels = new byte[bytes];
        try (BytePointer host = new BytePointer(bytes)) {
            int status =
                    cudart.cudaMemcpy(
                            host, at(picture.address()), bytes, cudart.cudaMemcpyDeviceToHost);
            assertThat(status).isEqualTo(cudart.cudaSuccess);
            host.get(pixels);
        }
        return layout.isPlanar()
                ? PlanarPictures.rgb(
                        layout, pixels, picture.pitch(), picture.width(), picture.height())
                : pixels;
    }

    private static Pointer at(long address) {
        return new Pointer() {
            Pointer at(long place) {
                this.address = place;
                return this;
            }
        }.at(address);
    }
}
