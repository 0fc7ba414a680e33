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
package io.frameflow.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.video.VideoFrame;
import io.frameflow.image.ImageEncoding;
import org.junit.jupiter.api.Test;

class CanvasTest {
    private static final int GREEN = 0x00FF00;

    private final VideoFrame frame = new VideoFrame(ImageEncoding.BGR8, 12, 9, new byte[324], 0);
    private final Canvas canvas = new Canvas(frame);

    @Test
    void fillsInTheOrderOfBlueGreenRed() {
        canvas.fill(1, 0, 1, 1, 0x112233);

        assertThat(frame.pixels()).startsWith(0, 0, 0, 0x33, 0x22, 0x11, 0);
    }

    @Test
    void drawsTheOutlineInwards() {
        canvas.outline(1, 1, 5, 4, 1, GREEN);

        assertThat(picture())
                .isEqualTo(
                        """
                        ............
                        .#####......
                        .#...#......
                        .#...#......
                        .#####......
                        ............
                        ............
                        ............
                        ............
                        """);
    }

    @Test
    void leavesOutWhatIsOutside() {
        canvas.outline(-3, -3, 100, 6, 1, GREEN);
        canvas.fill(11, 8, 50, 50, GREEN);
        canvas.fill(-5, 4, 5, 1, GREEN);

        assertThat(picture())
                .isEqualTo(
                        """
                        ............
                        ............
                        ############
                        ............
                        ............
                        ............
                        ............
                        ............
                        ...........#
                        """);
    }

    @Test
    void writesLettersOnTheirGround() {
        canvas.label("i", 0, 5, 1, GREEN);

        assertThat(picture())
                .as("with its upper edge at that of the picture, where there is no room above")
                .isEqualTo(
                        """
                        #########...
                        #########...
                        ###...###...
                        ####.####...
                        ####.####...
                        ####.####...
                        ####.####...
                        ####.####...
                        ###...###...
                        """);
    }

    @Test
    void drawsABoxForALetterThatItDoesNotKnow() {
        assertThat(Glyphs.hasInk('é', 0, 3)).isTrue();
        assertThat(Glyphs.hasInk('é', 2, 3)).isFalse();
    }

    private String picture() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12 * 9; i++) {
            text.append(frame.pixels()[3 * i + 1] == 0 ? '.' : '#');
            if (i % 12 == 11) {
                text.append('\n');
            }
        }
        return text.toString();
    }
}
