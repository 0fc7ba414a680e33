// How the denoise kernel tells motion from noise: by sums over 5 x 5 differences to the mean.
#pragma once
#include "denoise_columns.cuh"
#include "denoise_measure.cuh"

namespace {

constexpr int RADIUS = 2;               // of the window whose differences are summed
constexpr int WINDOW = 2 * RADIUS + 1;
constexpr uint32 SETTLED = 3u << 30;
constexpr uint32 BIAS = 1023;           // of a difference: the greatest mean, and 3 quarters more
constexpr uint32 BIAS_OF_SUM = WINDOW * WINDOW * BIAS;

// Measures of both are in the same unit: MotionMeasure.java.
constexpr int TIMES_SUM = 3;
constexpr int TIMES_MAGNITUDES = 5;

// What holds for all pixels of a picture.
struct Parameters {
    OfAge ofAge[4];
    int fresh;
    int leastMotion;            // 256 where the picture is fresh
    int motionShare;
    int falloff;
    Still still;
};

__device__ __forceinline__ void setParameters(const DenoiseParameters& from, Parameters& to,
                                              int age) {
    to.ofAge[age] = ofAge(from, age);
    if (age == 3) {
        to.fresh = from.fresh;
        to.leastMotion = from.fresh ? 256 : 0;
        to.motionShare = from.motionShare;
        to.falloff = from.falloff;
        const int least = leastMeasure(from);
        to.still = {stillMagnitudes(from, least, TIMES_MAGNITUDES), stillSum(least, TIMES_SUM)};
    }
}

// The difference of a pixel's brightness to its mean, BIAS more so that it is never negative; its magnitude is
// in the upper half. Red and blue of the word are added by a multiplication, twice the green as well, 20 bits
// up; all are taken from -1, which leaves BIAS less the mean in the upper bits.
__device__ __forceinline__ uint32 difference(uint32 pixel, uint32 word) {
    const uint32 redBlue = (word & 0x3FF003FF) * -0x100001u - 1;
    const uint32 rest = (word & 0xFFC00) * -0x800u + redBlue;
    const uint32 luma = __dp4a(pixel, 0x00010201u, rest >> 22);
    return __usad(luma, BIAS, 0) * 0x10000 + luma;
}

__device__ __forceinline__ Words differencesOf(const Words& pixels, const Words& means) {
    Words differences;
#pragma unroll
    for (int i = 0; i < 4; i++) {
        differences.at[i] = difference(pixels.at[i], means.at[i]);
    }
    return differences;
}

// Sums of 5 differences side by side.
__device__ __forceinline__ Words sumsAcross(const Words& d, bool edge, const Columns& columns) {
    const uint32 firstPair = d.at[0] + d.at[1];
    const uint32 secondPair = d.at[2] + d.at[3];
    uint32 pairBefore = __shfl_up_sync(ALL, secondPair, 1);
    uint32 before = __shfl_up_sync(ALL, d.at[3], 1);
    uint32 after = __shfl_down_sync(ALL, d.at[0], 1);
    uint32 pairAfter = __shfl_down_sync(ALL, firstPair, 1);
    if (edge) {
        // Beyond the edge, the pixel at the edge stands for all.
        pairBefore = columns.first ? 2 * d.at[0] : pairBefore;
        before = columns.first ? d.at[0] : before;
        after = columns.last ? d.at[3] : after;
        pairAfter = columns.last ? 2 * d.at[3] : pairAfter;
    }
    const uint32 both = firstPair + secondPair;
    return {{pairBefore + firstPair + d.at[2], before + both, both + after,
             d.at[1] + secondPair + pairAfter}};
}

__device__ __forceinline__ bool isStill(const Words& sums, const Words& words, const Still& p) {
    bool still = (words.at[0] & words.at[1] & words.at[2] & words.at[3]) >= SETTLED;
    uint32 most = 0;
#pragma unroll
    for (int i = 0; i < 4; i++) {
        most = max(most, sums.at[i]);
        still &= isSumStill(sums.at[i], BIAS_OF_SUM, p);
    }
    return still & (most < p.magnitudes);
}

__device__ __forceinline__ int motionOf(uint32 sums, const OfAge& age) {
    const int sum = __usad(sums & 0xFFFF, BIAS_OF_SUM, 0);
    const int magnitudes = sums >> 16;
    return shareOf(TIMES_SUM * sum, TIMES_MAGNITUDES * magnitudes, age);
}

}  // namespace
