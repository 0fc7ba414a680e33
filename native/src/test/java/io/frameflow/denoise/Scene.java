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

import io.frameflow.image.DecodedImage;
import io.frameflow.image.PixelFormat;
import java.util.Random;

/** Pictures drawn for the tests: a textured background, on which a square may move. */
final class Scene {
    static final int WIDTH = 192;
    static final int HEIGHT = 128;
    static final int SQUARE = 48;

    private Scene() {}

    /** Left edge of the square in a frame. */
    static int squareLeft(int frame) {
        return 10 + 3 * frame;
    }

    /** Background alone. */
    static byte[] still() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int at = 3 * (y * WIDTH + x);
                double wave = Math.sin(x / 9.0) * Math.cos(y / 13.0);
                int tile = (x / 32 + y / 32) % 2 == 0 ? 30 : 0;
                rgb[at] = (byte) (110 + 40 * wave + tile);
                rgb[at + 1] = (byte) (120 + 30 * wave);
                rgb[at + 2] = (byte) (100 - 30 * wave + tile);
            }
        }
        return rgb;
    }

    /** Background with the square, which moves 3 pixels a frame. */
    static byte[] moving(int frame) {
        byte[] rgb = still();
        int left = squareLeft(frame);
        for (int y = 40; y < 40 + SQUARE; y++) {
            for (int x = left; x < Math.min(WIDTH, left + SQUARE); x++) {
                int at = 3 * (y * WIDTH + x);
                int stripe = (x - left) / 6 % 2 == 0 ? 190 : 60;
                rgb[at] = (byte) stripe;
                rgb[at + 1] = (byte) (stripe - 20);
                rgb[at + 2] = (byte) 40;
            }
        }
        return rgb;
    }

    /** The picture with Gaussian noise, rounded and clipped. */
    static byte[] noisy(byte[] clean, double sigma, Random random) {
        byte[] noisy = new byte[clean.length];
        for (int i = 0; i < clean.length; i++) {
            long value = Math.round((clean[i] & 0xFF) + sigma * random.nextGaussian());
            noisy[i] = (byte) Math.max(0, Math.min(255, value));
        }
        return noisy;
    }

    static DecodedImage image(byte[] rgb) {
        return new DecodedImage(WIDTH, HEIGHT, PixelFormat.RGB8, rgb, 0);
    }

    /** Peak signal-to-noise ratio in dB over a rectangle. */
    static double psnr(byte[] clean, byte[] other, int left, int top, int right, int bottom) {
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int at = 3 * (y * WIDTH + left); at < 3 * (y * WIDTH + right); at++) {
                double difference = (clean[at] & 0xFF) - (other[at] & 0xFF);
                sum += difference * difference;
            }
        }
        return 10 * Math.log10(255 * 255 * 3.0 * (right - left) * (bottom - top) / sum);
    }

    static double psnr(byte[] clean, byte[] other) {
        return psnr(clean, other, 0, 0, WIDTH, HEIGHT);
    }

    /** How much of the previous frame is still seen where the two differ. */
    static final class Trail {
        private double residuals;
        private double power;

        void add(byte[] previous, byte[] clean, byte[] seen) {
            for (int i = 0; i < clean.length; i++) {
                double difference = (previous[i] & 0xFF) - (clean[i] & 0xFF);
                residuals += difference * ((seen[i] & 0xFF) - (clean[i] & 0xFF));
                power += difference * difference;
            }
        }

        /** 0 for nothing, 1 for the previous frame in place of this one. */
        double share() {
            return residuals / power;
        }
    }
}
