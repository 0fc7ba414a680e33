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

import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuDenoiserTest {
    private static final long PLENTY = 1 << 24;
    private static final DenoiseSettings USUAL =
            new DenoiseSettings(DenoisePreset.DEFAULT, DenoiseSettings.DEFAULT_STRENGTH);

    private final Random random = new Random(7);
    private final CpuDenoiser denoiser = new CpuDenoiser(PLENTY);
    private final CpuDenoiser.Workspace workspace = new CpuDenoiser.Workspace();

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30})
    void aStillSceneGainsEightDecibels(int sigma) {
        byte[] clean = Scene.still();
        byte[] noisy = clean;
        byte[] filtered = clean;
        for (int frame = 0; frame < 20; frame++) {
            noisy = Scene.noisy(clean, sigma, random);
            filtered = filter("a", frame, noisy);
        }

        assertThat(Scene.psnr(clean, filtered)).isGreaterThan(Scene.psnr(clean, noisy) + 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 20, 30})
    void movingPartsAreNeverWorseThanTheyCame(int sigma) {
        for (int frame = 0; frame < 20; frame++) {
            byte[] clean = Scene.moving(frame);
            byte[] noisy = Scene.noisy(clean, sigma, random);
            byte[] filtered = filter("a", frame, noisy);
            int left = Scene.squareLeft(frame) - 6;
            int right = left + Scene.SQUARE + 12;

            double before = Math.min(45, Scene.psnr(clean, noisy, left, 34, right, 94));
            assertThat(Scene.psnr(clean, filtered, left, 34, right, 94))
                    .as("frame %d", frame)
                    .isGreaterThanOrEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0.02", "10, 0.05", "20, 0.10", "30, 0.15"})
    void leavesNoTrailBehindWhatMoves(int sigma, double mostOfThePreviousFrame) {
        Scene.Trail trail = new Scene.Trail();
        for (int frame = 0; frame < 20; frame++) {
            byte[] clean = Scene.moving(frame);
            byte[] filtered = filter("a", frame, Scene.noisy(clean, sigma, random));
            byte[] previous = Scene.moving(Math.max(0, frame - 1));
            trail.add(previous, clean, filtered);
        }

        assertThat(trail.share())
                .as("share of the previous frame that is still seen")
                .isLessThan(mostOfThePreviousFrame);
    }

    @Test
    void changesACleanStillSceneByNothingThatIsSeen() {
        byte[] clean = Scene.still();
        byte[] filtered = clean;
        for (int frame = 0; frame < 10; frame++) {
            filtered = filter("a", frame, clean);
        }

        assertThat(Scene.psnr(clean, filtered)).isGreaterThan(50);
    }

    @Test
    void strengthZeroHandsThePictureThrough() {
        DecodedImage image = Scene.image(Scene.still());

        CpuDenoiser.Denoised result =
                denoiser.denoise(place("a", 1, 0), image, DenoiseSettings.OFF, workspace);

        assertThat(result.image()).isSameAs(image);
        assertThat(result.restsOnFrames()).isZero();
    }

    @ParameterizedTest
    @EnumSource(DenoisePreset.class)
    void everyPresetGainsMoreTheStrongerItIs(DenoisePreset preset) {
        double weak = gain(new DenoiseSettings(preset, 0.2f));
        double strong = gain(new DenoiseSettings(preset, 1f));

        assertThat(weak).isGreaterThan(1);
        assertThat(strong).isGreaterThan(weak + 1);
    }

    private double gain(DenoiseSettings settings) {
        byte[] clean = Scene.still();
        byte[] noisy = clean;
        byte[] filtered = clean;
        Random same = new Random(3);
        CpuDenoiser own = new CpuDenoiser(PLENTY);
        for (int frame = 0; frame < 16; frame++) {
            noisy = Scene.noisy(clean, 8, same);
            filtered =
                    pixels(
                            own.denoise(
                                    place("a", frame, 0), Scene.image(noisy), settings, workspace));
        }
        return Scene.psnr(clean, filtered) - Scene.psnr(clean, noisy);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 3, the next frame",
        "5, 0, 3, four frames are missing",
        "6, 0, 1, five frames are missing",
        "0, 0, 1, the same frame again",
        "-1, 0, 1, the camera began anew",
        "1, 2000000, 3, two seconds later",
        "1, 2000001, 1, more than two seconds later",
        "1, -2000001, 1, the clock was set back"
    })
    void restsOnTheHistoryUnlessThereIsAGap(
            int numbersLater, long microsLater, int expected, String reason) {
        byte[] clean = Scene.still();
        restsOn(place("a", 10, 0), clean);
        restsOn(place("a", 11, 0), clean);

        assertThat(restsOn(place("a", 11 + numbersLater, microsLater), clean))
                .as(reason)
                .isEqualTo(expected);
    }

    @Test
    void aCutBeginsANewHistory() {
        byte[] other = Scene.still();
        for (int i = 0; i < other.length; i++) {
            other[i] = (byte) (255 - (other[i] & 0xFF) / 3);
        }
        restsOn(place("a", 1, 0), Scene.noisy(Scene.still(), 10, random));
        restsOn(place("a", 2, 0), Scene.noisy(Scene.still(), 10, random));

        byte[] noisy = Scene.noisy(other, 10, random);
        byte[] filtered = filter("a", 3, noisy);

        assertThat(Scene.psnr(other, filtered)).isGreaterThan(Scene.psnr(other, noisy));
        assertThat(denoiser.sceneCuts()).isEqualTo(1);
        assertThat(restsOn(place("a", 4, 0), Scene.noisy(other, 10, random))).isEqualTo(2);
    }

    @Test
    void anotherSizeBeginsANewHistory() {
        restsOn(place("a", 1, 0), Scene.still());
        byte[] small = Arrays.copyOf(Scene.still(), 3 * 64 * 32);
        DecodedImage image = new DecodedImage(64, 32, PixelFormat.RGB8, small, 0);

        assertThat(denoiser.denoise(place("a", 2, 0), image, USUAL, workspace).restsOnFrames())
                .isEqualTo(1);
        assertThat(restsOn(place("a", 3, 0), Scene.still())).isEqualTo(1);
    }

    @Test
    void camerasDoNotMixAndTheLeastRecentlyUsedLeavesFirst() {
        CpuDenoiser two = new CpuDenoiser(2L * 4 * Scene.WIDTH * Scene.HEIGHT);
        byte[] clean = Scene.still();
        for (String camera : new String[] {"a", "b", "a", "c"}) {
            long sequence = camera.equals("a") ? 1 : 5;
            two.denoise(place(camera, sequence, 0), Scene.image(clean), USUAL, workspace);
        }

        assertThat(two.evictedCameras()).isEqualTo(1);
        assertThat(
                        two.denoise(place("c", 6, 0), Scene.image(clean), USUAL, workspace)
                                .restsOnFrames())
                .as("c is kept")
                .isEqualTo(2);
        assertThat(
                        two.denoise(place("b", 6, 0), Scene.image(clean), USUAL, workspace)
                                .restsOnFrames())
                .as("b had to leave")
                .isEqualTo(1);
    }

    @Test
    void aPictureTooLargeForAnyHistoryIsFilteredByItself() {
        CpuDenoiser small = new CpuDenoiser(100);
        byte[] clean = Scene.still();
        byte[] noisy = Scene.noisy(clean, 20, random);

        for (int frame = 0; frame < 2; frame++) {
            CpuDenoiser.Denoised result =
                    small.denoise(place("a", frame, 0), Scene.image(noisy), USUAL, workspace);

            assertThat(result.restsOnFrames()).isEqualTo(1);
            assertThat(Scene.psnr(clean, pixels(result)))
                    .isGreaterThan(Scene.psnr(clean, noisy) + 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "2, 3", "5, 1", "64, 64", "33, 31"})
    void takesPicturesOfEverySize(int width, int height) {
        byte[] gray = new byte[width * height];
        Arrays.fill(gray, (byte) 200);
        DecodedImage image = new DecodedImage(width, height, PixelFormat.GRAY8, gray, 0);
        for (int frame = 1; frame < 8; frame++) {
            CpuDenoiser.Denoised result =
                    denoiser.denoise(place("s", frame, 0), image, USUAL, workspace);

            assertThat(result.restsOnFrames()).isEqualTo(frame);
            assertThat(pixels(result)).hasSize(3 * width * height).containsOnly(200);
        }
    }

    @Test
    void blueFirstGivesTheSamePicture() {
        byte[] rgb = Scene.noisy(Scene.still(), 15, random);
        byte[] bgr = rgb.clone();
        for (int i = 0; i < bgr.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 2] = rgb[i];
        }
        DecodedImage image = new DecodedImage(Scene.WIDTH, Scene.HEIGHT, PixelFormat.BGR8, bgr, 0);

        assertThat(pixels(denoiser.denoise(place("b", 1, 0), image, USUAL, workspace)))
                .isEqualTo(filter("a", 1, rgb));
    }

    private byte[] filter(String camera, long sequence, byte[] rgb) {
        return pixels(
                denoiser.denoise(place(camera, sequence, 0), Scene.image(rgb), USUAL, workspace));
    }

    private int restsOn(FramePlace place, byte[] rgb) {
        return denoiser.denoise(place, Scene.image(rgb), USUAL, workspace).restsOnFrames();
    }

    private static byte[] pixels(CpuDenoiser.Denoised result) {
        DecodedImage image = result.image();
        return Arrays.copyOf(image.pixels(), image.rowBytes() * image.height());
    }

    private static FramePlace place(String camera, long sequence, long micros) {
        return new FramePlace(camera, sequence, micros);
    }
}
