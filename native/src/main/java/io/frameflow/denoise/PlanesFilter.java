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

/**
 * Filters pictures in planes, which stay in planes. Brightness is luma alone; motion and age are
 * those of blocks of 2 x 2 pixels, and samples of chroma follow the block that they lie in. The
 * history is replaced in place, once all motion is known.
 *
 * <p>Not thread-safe: it keeps what it compares.
 */
final class PlanesFilter {
    private final BlockMotion motion = new BlockMotion();

    /** How the samples in a block are filtered. */
    private record Verdict(int weight, int share, int age) {}

    /**
     * Filters a picture.
     *
     * @param history read and replaced; only replaced where the parameters say that the picture is
     *     fresh
     * @param output receives the picture, of the same size
     */
    void filter(
            PlanarImage image,
            PlanesHistory history,
            PictureParameters parameters,
            PlanarImage output) {
        if (!parameters.fresh()) {
            motion.compare(image, history.luma());
        }
        float falloff = parameters.planeFalloff();
        PlaneSmoother luma =
                new PlaneSmoother(image.luma(), image.width(), image.height(), falloff);
        int columns = image.sampling().columns(image.width());
        int rows = image.sampling().rows(image.height());
        // Of chroma, half the difference does not count any more.
        PlaneSmoother cb = new PlaneSmoother(image.cb(), columns, rows, 2 * falloff);
        PlaneSmoother cr = new PlaneSmoother(image.cr(), columns, rows, 2 * falloff);
        for (int row = 0; row < (image.height() + 1) / 2; row++) {
            for (int column = 0; column < (image.width() + 1) / 2; column++) {
                Verdict verdict = judge(history.luma(), image.width(), column, row, parameters);
                filterLuma(luma, history.luma(), column, row, verdict, output);
                filterChroma(cb, history.cb(), column, row, verdict, output, output.cb());
                filterChroma(cr, history.cr(), column, row, verdict, output, output.cr());
            }
        }
    }

    private Verdict judge(
            char[] history, int width, int column, int row, PictureParameters parameters) {
        int age = PlaneMeans.age(history[2 * row * PlanesHistory.even(width) + 2 * column]);
        int moves =
                parameters.fresh()
                        ? MotionMeasure.WHOLE
                        : motion.share(column, row, age, parameters);
        int newAge = MotionMeasure.ageAfter(age, moves);
        return new Verdict(
                Math.max(parameters.newestWeight(age), moves),
                Math.max((moves * parameters.motionShare()) >> 8, parameters.spatialShare(newAge)),
                newAge);
    }

    private static void filterLuma(
            PlaneSmoother plane,
            char[] history,
            int column,
            int row,
            Verdict verdict,
            PlanarImage output) {
        int pitch = PlanesHistory.even(output.width());
        for (int i = 0; i < 4; i++) {
            int x = 2 * column + i % 2;
            int y = 2 * row + i / 2;
            int at = y * pitch + x;
            char mean = PlaneMeans.updated(history[at], plane.sample(x, y), verdict.weight());
            history[at] = i == 0 ? PlaneMeans.withAge(mean, verdict.age()) : mean;
            if (x < output.width() && y < output.height()) {
                output.luma()[y * output.width() + x] =
                        plane.seen(x, y, PlaneMeans.level(mean), verdict.share());
            }
        }
    }

    private static void filterChroma(
            PlaneSmoother plane,
            char[] history,
            int column,
            int row,
            Verdict verdict,
            PlanarImage output,
            byte[] target) {
        ChromaSampling sampling = output.sampling();
        int columns = sampling.columns(output.width());
        int rows = sampling.rows(output.height());
        int across = 2 / Math.max(1, sampling.pixelsAcross());
        int down = 2 / Math.max(1, sampling.pixelsDown());
        for (int y = row * down; y < Math.min(rows, (row + 1) * down); y++) {
            for (int x = column * across; x < Math.min(columns, (column + 1) * across); x++) {
                int at = y * columns + x;
                char mean = PlaneMeans.updated(history[at], plane.sample(x, y), verdict.weight());
                history[at] = mean;
                target[at] = plane.seen(x, y, PlaneMeans.level(mean), verdict.share());
            }
        }
    }
}
