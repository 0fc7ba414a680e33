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
package io.frameflow.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rule for planes is worth, judged by the colours that become of them. */
class PlanesDenoiserTest {
    private static final long PLENTY = 1 << 24;
    private static final DenoiseSettings USUAL =
            new DenoiseSettings(DenoisePreset.DEFAULT, DenoiseSettings.DEFAULT_STRENGTH);

    private final Random random = new Random(7);
    private final PlanesDenoiser denoiser = new PlanesDenoiser(PLENTY);
    private final PlanesDenoiser.Workspace workspace = new PlanesDenoiser.Workspace();

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30})
    void aStillSceneGainsEightDecibels(int sigma) {
        byte[] clean = seen(Scene.still());
        byte[] before = clean;
        byte[] after = clean;
        for (int frame = 0; frame < 20; frame++) {
            PlanarImage noisy = planes(Scene.noisy(Scene.still(), sigma, random));
            before = PlanarColours.rgb(noisy);
            after = PlanarColours.rgb(filter(frame, noisy));
        }

        assertThat(Scene.psnr(clean, after)).isGreaterThan(Scene.psnr(clean, before) + 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 20, 30})
    void movingPartsAreNeverWorseThanTheyCame(int sigma) {
        for (int frame = 0; frame < 20; frame++) {
            byte[] clean = seen(Scene.moving(frame));
            PlanarImage noisy = planes(Scene.noisy(Scene.moving(frame), sigma, random));
            byte[] filtered = PlanarColours.rgb(filter(frame, noisy));
            int left = Scene.squareLeft(frame) - 6;
            int right = left + Scene.SQUARE + 12;

            double came = Scene.psnr(clean, PlanarColours.rgb(noisy), left, 34, right, 94);
            assertThat(Scene.psnr(clean, filtered, left, 34, right, 94))
                    .as("frame %d", frame)
                    .isGreaterThanOrEqualTo(Math.min(45, came));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0.02", "10, 0.05", "20, 0.10", "30, 0.15"})
    void leavesNoTrailBehindWhatMoves(int sigma, double mostOfThePreviousFrame) {
        Scene.Trail trail = new Scene.Trail();
        for (int frame = 0; frame < 20; frame++) {
            byte[] clean = seen(Scene.moving(frame));
            byte[] previous = seen(Scene.moving(Math.max(0, frame - 1)));
            byte[] noisy = Scene.noisy(Scene.moving(frame), sigma, random);
            byte[] filtered = PlanarColours.rgb(filter(frame, planes(noisy)));
            trail.add(previous, clean, filtered);
        }

        assertThat(trail.share())
                .as("share of the previous frame that is still seen")
                .isLessThan(mostOfThePreviousFrame);
    }

    @Test
    void changesACleanStillSceneByNothing() {
        PlanarImage clean = planes(Scene.still());
        PlanarImage filtered = clean;
        for (int frame = 0; frame < 10; frame++) {
            filtered = filter(frame, clean);
        }

        assertThat(Scene.psnr(PlanarColours.rgb(clean), PlanarColours.rgb(filtered)))
                .isGreaterThan(50);
    }

    /** A scene that grows brighter by a level in ten frames: the mean must not stay behind. */
    @Test
    void followsLightThatChangesSlowly() {
        PlanarImage filtered = flat(100);
        for (int frame = 0; frame < 200; frame++) {
            filtered = filter(frame, flat(100 + frame / 10.0));
        }

        double mean = 0;
        for (byte level : filtered.luma()) {
            mean += (level & 0xFF) / (double) filtered.luma().length;
        }
        assertThat(mean).isBetween(118.5, 120.5);
    }

    private PlanarImage flat(double level) {
        PlanarImage image = PlanarImage.ofSize(64, 48, ChromaSampling.NONE);
        for (int i = 0; i < image.luma().length; i++) {
            image.luma()[i] = (byte) Math.round(level + 5 * random.nextGaussian());
        }
        return image;
    }

    @Test
    void strengthZeroHandsThePictureThrough() {
        PlanarImage image = planes(Scene.still());

        PlanesDenoiser.Denoised result =
                denoiser.denoise(place(1), image, DenoiseSettings.OFF, workspace);

        assertThat(result.image()).isSameAs(image);
        assertThat(result.restsOnFrames()).isZero();
    }

    @ParameterizedTest
    @EnumSource(ChromaSampling.class)
    void takesPicturesOfEverySize(ChromaSampling sampling) {
        int[][] sizes = {{1, 1}, {1, 7}, {2, 3}, {5, 1}, {64, 64}, {33, 31}};
        int sequence = 0;
        for (int[] size : sizes) {
            PlanarImage image = PlanarImage.ofSize(size[0], size[1], sampling);
            Arrays.fill(image.luma(), (byte) 200);
            Arrays.fill(image.cb(), (byte) 90);
            Arrays.fill(image.cr(), (byte) 255);
            for (int frame = 1; frame < 8; frame++) {
                PlanesDenoiser.Denoised result =
                        denoiser.denoise(place(++sequence), image, USUAL, workspace);

                assertThat(result.restsOnFrames()).isEqualTo(frame);
                assertThat(result.image().luma()).isEqualTo(image.luma());
                assertThat(result.image().cb()).isEqualTo(image.cb());
                assertThat(result.image().cr()).isEqualTo(image.cr());
            }
        }
    }

    @Test
    void otherChromaBeginsANewHistory() {
        PlanarImage image = planes(Scene.still());
        PlanarImage gray =
                new PlanarImage(
                        Scene.WIDTH,
                        Scene.HEIGHT,
                        ChromaSampling.NONE,
                        image.luma(),
                        new byte[0],
                        new byte[0]);

        assertThat(denoiser.denoise(place(1), image, USUAL, workspace).restsOnFrames())
                .isEqualTo(1);
        assertThat(denoiser.denoise(place(2), image, USUAL, workspace).restsOnFrames())
                .isEqualTo(2);
        assertThat(denoiser.denoise(place(3), gray, USUAL, workspace).restsOnFrames()).isEqualTo(1);
    }

    @Test
    void aCutBeginsANewHistory() {
        PlanarImage scene = planes(Scene.noisy(Scene.still(), 10, random));
        PlanarImage other = planes(Scene.noisy(Scene.still(), 10, random));
        for (int i = 0; i < other.luma().length; i++) {
            other.luma()[i] = (byte) (255 - (other.luma()[i] & 0xFF) / 3);
        }
        filter(1, scene);
        filter(2, scene);

        assertThat(denoiser.denoise(place(3), other, USUAL, workspace).restsOnFrames())
                .isEqualTo(1);
        assertThat(denoiser.denoise(place(4), other, USUAL, workspace).restsOnFrames())
                .isEqualTo(2);
    }

    @Test
    void planesOfAnotherSizeAreRefused() {
        assertThatThrownBy(
                        () ->
                                new PlanarImage(
                                        4,
                                        4,
                                        ChromaSampling.HALF,
                                        new byte[16],
                                        new byte[4],
                                        new byte[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("planes of 16, 4 and 3 bytes for 4 x 4 pixels");
    }

    /** The picture as it would be seen if only its chroma had been halved. */
    private static byte[] seen(byte[] rgb) {
        return PlanarColours.rgb(planes(rgb));
    }

    private static PlanarImage planes(byte[] rgb) {
        return PlanarColours.planes(rgb, Scene.WIDTH, Scene.HEIGHT);
    }

    private PlanarImage filter(long sequence, PlanarImage image) {
        return denoiser.denoise(place(sequence), image, USUAL, workspace).image();
    }

    private static FramePlace place(long sequence) {
        return new FramePlace("a", sequence, 0);
    }
}
