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
package io.frameflow.cli.evaluate.denoise;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Peak signal-to-noise ratio and structural similarity, over all frames together, of still and of
 * moving parts.
 *
 * <p>SSIM is that of Wang, Bovik, Sheikh and Simoncelli (2004) on brightness, in windows of 8 x 8
 * pixels 4 apart with equal weights; a window belongs to the part that its centre belongs to.
 */
final class PictureQuality {
    private static final int WINDOW = 8;
    private static final int STEP = 4;
    private static final double C1 = 0.01 * 255 * 0.01 * 255;
    private static final double C2 = 0.03 * 255 * 0.03 * 255;

    private final Part still = new Part();
    private final Part moving = new Part();

    /** Sums over one part of the pictures. */
    private static final class Part {
        private double squares;
        private long values;
        private double similarity;
        private long windows;

        double psnr() {
            return values == 0
                    ? Double.NaN
                    : 10 * Math.log10(255 * 255 / Math.max(1e-3, squares / values));
        }

        double ssim() {
            return windows == 0 ? Double.NaN : similarity / windows;
        }
    }

    /** Adds a picture: interleaved channels for errors, brightness for similarity. */
    void add(
            byte[] clean,
            float[] cleanLuma,
            byte[] other,
            float[] otherLuma,
            int width,
            MotionMap motion) {
        int height = cleanLuma.length / width;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Part part = part(motion, x, y);
                if (part != null) {
                    addErrors(part, clean, other, 3 * (y * width + x));
                }
            }
        }
        for (int y = 0; y + WINDOW <= height; y += STEP) {
            for (int x = 0; x + WINDOW <= width; x += STEP) {
                Part part = part(motion, x + WINDOW / 2, y + WINDOW / 2);
                if (part != null) {
                    part.similarity += similarity(cleanLuma, otherLuma, y * width + x, width);
                    part.windows++;
                }
            }
        }
    }

    private @Nullable Part part(MotionMap motion, int x, int y) {
        if (motion.isStill(x, y)) {
            return still;
        }
        return motion.isMoving(x, y) ? moving : null;
    }

    private static void addErrors(Part part, byte[] clean, byte[] other, int at) {
        for (int i = at; i < at + 3; i++) {
            int difference = (clean[i] & 0xFF) - (other[i] & 0xFF);
            part.squares += difference * difference;
        }
        part.values += 3;
    }

    private static double similarity(float[] a, float[] b, int start, int width) {
        double sumA = 0;
        double sumB = 0;
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        for (int row = 0; row < WINDOW; row++) {
            for (int i = start + row * width; i < start + row * width + WINDOW; i++) {
                sumA += a[i];
                sumB += b[i];
                squaresA += a[i] * a[i];
                squaresB += b[i] * b[i];
                products += a[i] * b[i];
            }
        }
        int n = WINDOW * WINDOW;
        double meanA = sumA / n;
        double meanB = sumB / n;
        double varianceA = squaresA / n - meanA * meanA;
        double varianceB = squaresB / n - meanB * meanB;
        double covariance = products / n - meanA * meanB;
        return (2 * meanA * meanB + C1)
                * (2 * covariance + C2)
                / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
    }

    /** The figures by name; parts that no picture has are left out. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        put(figures, "psnr_still_db", still.psnr());
        put(figures, "psnr_moving_db", moving.psnr());
        put(figures, "ssim_still", still.ssim());
        put(figures, "ssim_moving", moving.ssim());
        return figures;
    }

    private static void put(Map<String, Double> figures, String name, double value) {
        if (!Double.isNaN(value)) {
            figures.put(name, value);
        }
    }
}
