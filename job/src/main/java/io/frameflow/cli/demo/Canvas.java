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

import io.frameflow.cli.video.VideoFrame;
import io.frameflow.image.ImageEncoding;

/** Draws on a picture, in place. What lies outside of it is left out. Not thread-safe. */
final class Canvas {
    private static final int BLACK = 0x000000;
    private static final int LETTER_SPACING = 1;
    private static final int TEXT_MARGIN = 2;

    private final VideoFrame frame;

    /**
     * A canvas.
     *
     * @param frame BGR8 pixels, which are drawn on
     */
    Canvas(VideoFrame frame) {
        if (frame.layout() != ImageEncoding.BGR8) {
            throw new IllegalArgumentException("needs BGR8 pixels, not " + frame.layout());
        }
        this.frame = frame;
    }

    /** Draws the outline of a rectangle, inwards from its edges. */
    void outline(int left, int top, int width, int height, int thickness, int rgb) {
        fill(left, top, width, thickness, rgb);
        fill(left, top + height - thickness, width, thickness, rgb);
        fill(left, top, thickness, height, rgb);
        fill(left + width - thickness, top, thickness, height, rgb);
    }

    /** Fills a rectangle. */
    void fill(int left, int top, int width, int height, int rgb) {
        int right = Math.min(left + width, frame.width());
        int bottom = Math.min(top + height, frame.height());
        for (int y = Math.max(top, 0); y < bottom; y++) {
            for (int x = Math.max(left, 0); x < right; x++) {
                int offset = (y * frame.width() + x) * 3;
                frame.pixels()[offset] = (byte) rgb;
                frame.pixels()[offset + 1] = (byte) (rgb >> 8);
                frame.pixels()[offset + 2] = (byte) (rgb >> 16);
            }
        }
    }

    /**
     * Draws black text on a ground of a colour, its lower left corner at a point; lower where it
     * would reach over the upper edge of the picture.
     *
     * @param scale pixels for each pixel of a letter
     */
    void label(String text, int left, int bottom, int scale, int rgb) {
        String letters = Glyphs.drawable(text);
        int advance = (Glyphs.WIDTH + LETTER_SPACING) * scale;
        int width = letters.length() * advance - LETTER_SPACING * scale + 2 * TEXT_MARGIN;
        int height = Glyphs.HEIGHT * scale + 2 * TEXT_MARGIN;
        int top = Math.max(bottom - height, 0);
        fill(left, top, width, height, rgb);
        for (int i = 0; i < letters.length(); i++) {
            letter(letters.charAt(i), left + TEXT_MARGIN + i * advance, top + TEXT_MARGIN, scale);
        }
    }

    private void letter(char letter, int left, int top, int scale) {
        for (int row = 0; row < Glyphs.HEIGHT; row++) {
            for (int column = 0; column < Glyphs.WIDTH; column++) {
                if (Glyphs.hasInk(letter, column, row)) {
                    fill(left + column * scale, top + row * scale, scale, scale, BLACK);
                }
            }
        }
    }
}
