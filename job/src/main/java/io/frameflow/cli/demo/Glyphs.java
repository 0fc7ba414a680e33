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

import java.util.Locale;
import java.util.Map;

/**
 * Letters of 5 by 7 pixels. Java's own text drawing needs fonts on the machine, and servers and
 * images have none.
 */
final class Glyphs {
    /** Width of a letter in pixels. */
    static final int WIDTH = 5;

    /** Height of a letter in pixels. */
    static final int HEIGHT = 7;

    private static final String UNKNOWN = "11111 10001 10001 10001 10001 10001 11111";

    /** Rows from top to bottom, pixels from left to right. */
    private static final Map<Character, String> ROWS =
            Map.ofEntries(
                    Map.entry('A', "01110 10001 10001 11111 10001 10001 10001"),
                    Map.entry('B', "11110 10001 10001 11110 10001 10001 11110"),
                    Map.entry('C', "01110 10001 10000 10000 10000 10001 01110"),
                    Map.entry('D', "11110 10001 10001 10001 10001 10001 11110"),
                    Map.entry('E', "11111 10000 10000 11110 10000 10000 11111"),
                    Map.entry('F', "11111 10000 10000 11110 10000 10000 10000"),
                    Map.entry('G', "01110 10001 10000 10111 10001 10001 01111"),
                    Map.entry('H', "10001 10001 10001 11111 10001 10001 10001"),
                    Map.entry('I', "01110 00100 00100 00100 00100 00100 01110"),
                    Map.entry('J', "00111 00010 00010 00010 00010 10010 01100"),
                    Map.entry('K', "10001 10010 10100 11000 10100 10010 10001"),
                    Map.entry('L', "10000 10000 10000 10000 10000 10000 11111"),
                    Map.entry('M', "10001 11011 10101 10101 10001 10001 10001"),
                    Map.entry('N', "10001 11001 10101 10011 10001 10001 10001"),
                    Map.entry('O', "01110 10001 10001 10001 10001 10001 01110"),
                    Map.entry('P', "11110 10001 10001 11110 10000 10000 10000"),
                    Map.entry('Q', "01110 10001 10001 10001 10101 10010 01101"),
                    Map.entry('R', "11110 10001 10001 11110 10100 10010 10001"),
                    Map.entry('S', "01111 10000 10000 01110 00001 00001 11110"),
                    Map.entry('T', "11111 00100 00100 00100 00100 00100 00100"),
                    Map.entry('U', "10001 10001 10001 10001 10001 10001 01110"),
                    Map.entry('V', "10001 10001 10001 10001 10001 01010 00100"),
                    Map.entry('W', "10001 10001 10001 10101 10101 11011 10001"),
                    Map.entry('X', "10001 10001 01010 00100 01010 10001 10001"),
                    Map.entry('Y', "10001 10001 01010 00100 00100 00100 00100"),
                    Map.entry('Z', "11111 00001 00010 00100 01000 10000 11111"),
                    Map.entry('0', "01110 10001 10011 10101 11001 10001 01110"),
                    Map.entry('1', "00100 01100 00100 00100 00100 00100 01110"),
                    Map.entry('2', "01110 10001 00001 00110 01000 10000 11111"),
                    Map.entry('3', "01110 10001 00001 00110 00001 10001 01110"),
                    Map.entry('4', "00010 00110 01010 10010 11111 00010 00010"),
                    Map.entry('5', "11111 10000 11110 00001 00001 10001 01110"),
                    Map.entry('6', "01110 10000 10000 11110 10001 10001 01110"),
                    Map.entry('7', "11111 00001 00010 00100 01000 01000 01000"),
                    Map.entry('8', "01110 10001 10001 01110 10001 10001 01110"),
                    Map.entry('9', "01110 10001 10001 01111 00001 00001 01110"),
                    Map.entry(' ', "00000 00000 00000 00000 00000 00000 00000"),
                    Map.entry('#', "01010 01010 11111 01010 11111 01010 01010"),
                    Map.entry('.', "00000 00000 00000 00000 00000 01100 01100"),
                    Map.entry('-', "00000 00000 00000 11111 00000 00000 00000"),
                    Map.entry('_', "00000 00000 00000 00000 00000 00000 11111"));

    private Glyphs() {}

    /** The text in capital letters, which are all that there are. */
    static String drawable(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** Whether a letter has ink at a pixel; a letter that is not known is an empty box. */
    static boolean hasInk(char letter, int column, int row) {
        String rows = ROWS.getOrDefault(letter, UNKNOWN);
        return rows.charAt(row * (WIDTH + 1) + column) == '1';
    }
}
