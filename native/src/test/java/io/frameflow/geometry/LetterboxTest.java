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
package io.frameflow.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxTest {
    private static final Scaling TOP_LEFT = new Scaling(true, false, true);
    private static final Scaling ONLY_DOWN = new Scaling(true, true, false);
    private static final Scaling STRETCHED = new Scaling(false, true, true);

    /** Each row was computed with Ultralytics' formula in Python. */
    @ParameterizedTest
    @CsvSource({
        // source w, h, input w, h, resized w, h, pad left, top, right, bottom
        "810, 1080, 640, 640, 480, 640, 80, 0, 80, 0",
        "640, 425, 640, 640, 640, 425, 0, 107, 0, 108",
        "500, 333, 640, 640, 640, 426, 0, 107, 0, 107",
        "1280, 720, 640, 640, 640, 360, 0, 140, 0, 140",
        "1920, 1080, 640, 384, 640, 360, 0, 12, 0, 12",
        "640, 640, 640, 640, 640, 640, 0, 0, 0, 0",
        "1, 1, 640, 640, 640, 640, 0, 0, 0, 0",
        "641, 640, 640, 640, 640, 639, 0, 0, 0, 1",
        // 5 * 0.5 = 2.5 and 7 * 0.5 = 3.5: ties go to the even number
        "8, 5, 4, 4, 4, 2, 0, 1, 0, 1",
        "8, 7, 4, 4, 4, 4, 0, 0, 0, 0",
    })
    void centersLikeUltralytics(
            int w, int h, int inW, int inH, int rw, int rh, int left, int top, int right, int low) {
        Letterbox box = Letterbox.of(Scaling.CENTERED, w, h, inW, inH);

        assertThat(box.resizedWidth()).isEqualTo(rw);
        assertThat(box.resizedHeight()).isEqualTo(rh);
        assertThat(box.padLeft()).isEqualTo(left);
        assertThat(box.padTop()).isEqualTo(top);
        assertThat(box.padRight()).isEqualTo(right);
        assertThat(box.padBottom()).isEqualTo(low);
    }

    @Test
    void placesAtTopLeft() {
        Letterbox box = Letterbox.of(TOP_LEFT, 640, 425, 640, 640);

        assertThat(box.padTop()).isZero();
        assertThat(box.padBottom()).isEqualTo(215);
        assertThat(box.toSourceY(425)).isEqualTo(425);
    }

    @Test
    void leavesSmallFramesAsTheyAreWhereTheyMayNotGrow() {
        Letterbox box = Letterbox.of(ONLY_DOWN, 100, 51, 640, 640);

        assertThat(box.scaleX()).isEqualTo(1);
        assertThat(box.resizedWidth()).isEqualTo(100);
        assertThat(box.resizedHeight()).isEqualTo(51);
        assertThat(box.padLeft()).isEqualTo(270);
        assertThat(box.padTop()).isEqualTo(294);
        assertThat(box.padBottom()).isEqualTo(295);
    }

    @Test
    void stretchesEachSideByItself() {
        Letterbox box = Letterbox.of(STRETCHED, 1280, 480, 320, 240);

        assertThat(box.resizedWidth()).isEqualTo(320);
        assertThat(box.resizedHeight()).isEqualTo(240);
        assertThat(box.padLeft() + box.padTop()).isZero();
        assertThat(box.toSourceX(80)).isEqualTo(320);
        assertThat(box.toSourceY(80)).isEqualTo(160);
    }

    @Test
    void keepsAtLeastOneRowOfAVeryLongFrame() {
        Letterbox box = Letterbox.of(Scaling.CENTERED, 60000, 1, 640, 640);

        assertThat(box.resizedWidth()).isEqualTo(640);
        assertThat(box.resizedHeight()).isEqualTo(1);
        assertThat(box.padTop()).isEqualTo(319);
        assertThat(box.padBottom()).isEqualTo(320);
    }

    @Test
    void clipsAtTheFrame() {
        Letterbox box = Letterbox.of(Scaling.CENTERED, 810, 1080, 640, 640);

        assertThat(box.toSourceX(562.935f)).isCloseTo(814.95f, within(0.01f));
        assertThat(box.toSourceXClipped(562.935f)).isEqualTo(810);
        assertThat(box.toSourceXClipped(10)).isZero();
        assertThat(box.toSourceYClipped(641)).isEqualTo(1080);
        assertThat(box.toSourceYClipped(-1)).isZero();
        assertThat(box.toSourceXClipped(209.929f)).isCloseTo(219.255f, within(0.001f));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 1", "1, 0, 1, 1", "1, 1, 0, 1", "1, 1, 1, -1"})
    void refusesEmptySizes(int w, int h, int inW, int inH) {
        assertThatThrownBy(() -> Letterbox.of(Scaling.CENTERED, w, h, inW, inH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be positive");
    }

    @Property
    void paddingAndFrameFillTheInput(
            @ForAll @IntRange(min = 1, max = 8192) int w,
            @ForAll @IntRange(min = 1, max = 8192) int h,
            @ForAll @IntRange(min = 1, max = 1280) int inW,
            @ForAll @IntRange(min = 1, max = 1280) int inH,
            @ForAll boolean keepRatio,
            @ForAll boolean symmetric,
            @ForAll boolean up) {
        Letterbox box = Letterbox.of(new Scaling(keepRatio, symmetric, up), w, h, inW, inH);

        assertThat(box.resizedWidth()).isBetween(1, inW);
        assertThat(box.resizedHeight()).isBetween(1, inH);
        assertThat(box.padLeft()).isNotNegative();
        assertThat(box.padTop()).isNotNegative();
        assertThat(box.padRight() - box.padLeft()).isBetween(0, symmetric ? 1 : inW);
        assertThat(box.padBottom() - box.padTop()).isBetween(0, symmetric ? 1 : inH);
    }

    @Property
    void thereAndBackIsTheSamePlace(
            @ForAll @IntRange(min = 1, max = 8192) int w,
            @ForAll @IntRange(min = 1, max = 8192) int h,
            @ForAll boolean keepRatio,
            @ForAll boolean symmetric,
            @ForAll @FloatRange(min = 0, max = 1) float part) {
        Letterbox box = Letterbox.of(new Scaling(keepRatio, symmetric, true), w, h, 640, 640);
        // The input has 24 bits of mantissa over 640 pixels; a source pixel may be a fraction.
        float tolerance = (float) (2e-4 / Math.min(box.scaleX(), box.scaleY()) + 1e-3);

        assertThat(box.toSourceX(box.toInputX(part * w))).isCloseTo(part * w, within(tolerance));
        assertThat(box.toSourceY(box.toInputY(part * h))).isCloseTo(part * h, within(tolerance));
    }
}
