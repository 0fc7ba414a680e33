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
 * What the filter of one picture goes by, once its noise is known. The noise meter's kernel
 * computes the same numbers by the same steps.
 */
final class PictureParameters {
    /** Ages that a pixel's mean can have. */
    static final int AGES = HistoryWord.SETTLED + 1;

    /** Spread of the difference to a mean over 1, 2, 3 and many frames, in 256ths of the noise. */
    private static final int[] SPREADS = {362, 314, 296, 271};

    /** Share of the spatially filtered picture by age, in 256ths. */
    private static final int[] SPATIAL_SHARES = {256, 154, 102, 0};

    /**
     * Share of the newest frame by the age of the mean. Of settled ones the settings say it, but
     * for the first frames of a history, whose number is known.
     */
    private static final int[] NEWEST_WEIGHTS = {128, 85, 64};

    /** 28 * 2^16 * 16 * 16 * sqrt(6): see {@link SpatialFilter}. */
    private static final int FALLOFF = 1_150_550_016;

    /** 16 * 64: noise is in 64ths of a level of luma, the range in 16ths of the noise. */
    private static final float PLANE_FALLOFF = 1024f;

    /** What the filter works on. */
    enum Kind {
        /** Interleaved pixels: 100 times the spread are expected of {@link MotionMeasure}. */
        PIXELS(100, 190887440f),
        /** Planes: 144 times the spread are expected of {@link BlockMotion}. */
        PLANES(144, 159072864f);

        private final int expected;

        /** 2^12 * 256 / (15 * 1.5) * 2^12, with 18 instead of 15 for planes. */
        private final float gain;

        Kind(int expected, float gain) {
            this.expected = expected;
            this.gain = gain;
        }
    }

    private final boolean fresh;
    private final int[] newestWeights = new int[AGES];
    private final int[] expectedDifferences = new int[AGES];
    private final int[] motionGains = new int[AGES];
    private final int[] spatialShares = new int[AGES];
    private final int falloff;
    private final float planeFalloff;
    private final int motionShare;

    /**
     * Parameters of a picture.
     *
     * @param kind what is filtered
     * @param tuning what the settings say
     * @param noise standard deviation of noise in 16ths of a {@link Luma} unit, at least 32
     * @param frames frames that the history rests on; 0 where there is none to go by
     */
    PictureParameters(Kind kind, FilterTuning tuning, int noise, int frames) {
        fresh = frames == 0;
        int threshold = (noise * tuning.motionThreshold()) >> 8;
        for (int age = 0; age < AGES; age++) {
            int spread = threshold * SPREADS[age];
            expectedDifferences[age] = (kind.expected * spread + 2048) >> 12;
            motionGains[age] = (int) (kind.gain / (float) spread);
            spatialShares[age] = (SPATIAL_SHARES[age] * tuning.spatialShare()) >> 8;
            int least = age < HistoryWord.SETTLED ? NEWEST_WEIGHTS[age] : 256 / (frames + 1);
            newestWeights[age] = Math.max(least, tuning.newestWeight());
        }
        float range = (float) (tuning.spatialRange() * noise);
        falloff = (int) ((float) FALLOFF / range);
        planeFalloff = (float) Half.round(PLANE_FALLOFF / range);
        motionShare = tuning.spatialShare();
    }

    /** Whether the picture begins a new history. */
    boolean fresh() {
        return fresh;
    }

    /** Share of the newest frame in the mean, by its age before, in 256ths. */
    int newestWeight(int age) {
        return newestWeights[age];
    }

    /** What noise alone gives as a measure of motion with a mean of that age. */
    int expectedDifference(int age) {
        return expectedDifferences[age];
    }

    /** Turns a measure of motion to its share; see {@link MotionMeasure}. */
    int motionGain(int age) {
        return motionGains[age];
    }

    /** Share of the spatially filtered picture for a mean of that age, in 256ths. */
    int spatialShare(int age) {
        return spatialShares[age];
    }

    /** Share of the spatially filtered picture where all is motion, in 256ths. */
    int motionShare() {
        return motionShare;
    }

    /** How fast the weight of a neighbour falls with its difference; see {@link SpatialFilter}. */
    int falloff() {
        return falloff;
    }

    /** What the weight of a neighbour in a plane loses with a level; see {@link PlaneSmoother}. */
    float planeFalloff() {
        return planeFalloff;
    }
}
