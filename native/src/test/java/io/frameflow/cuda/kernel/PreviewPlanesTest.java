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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's oracle against numbers that others have worked out. */
class PreviewPlanesTest {

    /** Luma, Cb and Cr of the primaries as JFIF 1.02 defines them, rounded. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 128, 128",
        "255, 255, 255, 255, 128, 128",
        "255, 0, 0, 76, 85, 255",
        "0, 255, 0, 150, 44, 21",
        "0, 0, 255, 29, 255, 107",
        "255, 255, 0, 226, 0, 149",
        "200, 90, 30, 116, 79, 188"
    })
    void coloursAreThoseOfJfif(int red, int green, int blue, int luma, int cb, int cr) {
        byte[] pixels = {(byte) blue, (byte) green, (byte) red};

        byte[] planes = PreviewPlanes.planes(pixels, 1, 1, 2);

        assertThat(planes).containsExactly((byte) luma, 0, (byte) cb, (byte) cr);
    }

    @Test
    void aSampleOfChromaIsTheMeanOfFourPixels() {
        byte red = (byte) 255;
        byte[] pixels = {0, 0, red, 0, 0, 0, 0, 0, 0, 0, 0, red};

        byte[] planes = PreviewPlanes.planes(pixels, 2, 2, 2);

        // Cb is 85 and 128 in turns, Cr 255 and 128: 106.5 and 191.5, of which the first is down.
        assertThat(planes).containsExactly(76, 0, 0, 76, (byte) 106, (byte) 191);
    }

    @Test
    void beyondAnOddEdgeTheLastPixelStandsIn() {
        byte red = (byte) 255;
        byte[] pixels = {0, 0, 0, 0, 0, 0, 0, 0, red};

        byte[] planes = PreviewPlanes.planes(pixels, 3, 1, 4);

        assertThat(planes).containsExactly(0, 0, 76, 0, (byte) 128, 85, (byte) 128, (byte) 255);
    }
}
