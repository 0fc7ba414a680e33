// Motion of blocks of 2 x 2 pixels, told from noise by the differences in their surroundings: BlockMotion.java.
#pragma once
#include "denoise_measure.cuh"
#include "denoise_planes_ring.cuh"

namespace {

constexpr uint32 SETTLED = 3;

// Sums are of halves of a grey level, and 2048 more for each block so that they are never negative.
constexpr uint32 BIAS_OF_BLOCK = 2048;
constexpr uint32 BIAS = 9 * BIAS_OF_BLOCK;

// Measures of both are in the same unit: BlockMotion.java.
constexpr int TIMES_SUM = 6;
constexpr int TIMES_MAGNITUDES = 20;

// What holds for all blocks of a picture that move.
struct __align__(16) OfMotion {
    int least;                  // 256 where the picture is fresh
    int share;
    uint32 falloff;             // of luma, below 0; a pair in half precision
    uint32 chromaFalloff;
};

struct Parameters {
    OfAge ofAge[4];
    OfMotion ofMotion;
    Still still;
};

__device__ __forceinline__ void setParameters(const DenoiseParameters& from, Parameters& to,
                                              int age) {
    to.ofAge[age] = ofAge(from, age);
    if (age == 3) {
        to.ofMotion = {from.fresh ? 256 : 0, from.motionShare, from.planeFalloff,
                       from.chromaFalloff};
        const int least = leastMeasure(from);
        to.still = {from.fresh ? 0 : stillMagnitudes(from, least, TIMES_MAGNITUDES),
                    stillSum(least, TIMES_SUM)};
    }
}

// Of each of a lane's blocks and, of the first and the last lane, of the block before or behind the strip: the sum
// of the differences of pixels to their means in the lower half, and that of the magnitudes to the rounded means in
// the upper.
struct Sums {
    Words blocks;
    uint32 beyond;
};

// Of two pixels above two others, and their means.
__device__ __forceinline__ uint32 sumOf(uint32 pixels, uint32 above, uint32 below) {
    const uint32 levels = __byte_perm(above, below, 0x7531);
    // Means are half a level more than they say.
    const uint32 sum = __dp4a(pixels, 0x01010101u, BIAS_OF_BLOCK / 2 + 2);
    const uint32 means = __dp2a_lo(above, 0x0101u, __dp2a_lo(below, 0x0101u, 0u));
    return __vsadu4(pixels, levels) * 0x10000 + ((sum * 256 - means) >> 7);
}

__device__ __forceinline__ Sums blockSums(const PixelRow& pixels, const MeansRow& means) {
    const int lane = laneOfThread();
    const int place = placeOfLane(lane);
    const uint2 upper = pixels.luma[0][place];
    const uint2 lower = pixels.luma[1][place];
    const Means above = means.luma[0][place];
    const Means below = means.luma[1][place];
    Sums sums;
#pragma unroll
    for (int k = 0; k < BLOCKS; k++) {
        sums.blocks.at[k] =
            sumOf(__byte_perm(k < 2 ? upper.x : upper.y, k < 2 ? lower.x : lower.y,
                              k & 1 ? 0x7632 : 0x5410),
                  above.at[k], below.at[k]);
    }
    // The nearest two columns; other lanes look at some of their own.
    const int word = 2 * place + (lane == 0 ? -1 : lane == LANES - 1 ? 2 : 0);
    const int wordOfMeans = 4 * place + (lane == 0 ? -1 : lane == LANES - 1 ? 4 : 0);
    const auto pixelsAt = [&](int k) {
        return reinterpret_cast<const uint32*>(pixels.luma[k])[word];
    };
    const auto meansAt = [&](int k) {
        return reinterpret_cast<const uint32*>(means.luma[k])[wordOfMeans];
    };
    sums.beyond = sumOf(__byte_perm(pixelsAt(0), pixelsAt(1), lane == 0 ? 0x7632 : 0x5410),
                        meansAt(0), meansAt(1));
    return sums;
}

__device__ __forceinline__ Sums added(const Sums& a, const Sums& b) {
    Sums sums;
#pragma unroll
    for (int k = 0; k < BLOCKS; k++) {
        sums.blocks.at[k] = a.blocks.at[k] + b.blocks.at[k];
    }
    sums.beyond = a.beyond + b.beyond;
    return sums;
}

// Sums over 3 x 3 blocks, from those of three rows one below the other.
__device__ __forceinline__ Words around(const Sums& sums, bool edge, const Columns& columns) {
    Words rows = sums.blocks;
    const int lane = laneOfThread();
    uint32 left = __shfl_up_sync(ALL, rows.at[BLOCKS - 1], 1);
    uint32 right = __shfl_down_sync(ALL, rows.at[0], 1);
    left = lane == 0 ? sums.beyond : left;
    right = lane == LANES - 1 ? sums.beyond : right;
    if (edge) {
        // Beyond the edge, the block at the edge stands.
#pragma unroll
        for (int k = 1; k < BLOCKS; k++) {
            rows.at[k] = 2 * k < columns.inside ? rows.at[k] : rows.at[k - 1];
        }
        left = columns.first ? rows.at[0] : left;
        right = columns.last ? rows.at[BLOCKS - 1] : right;
    }
    return {{left + rows.at[0] + rows.at[1], rows.at[0] + rows.at[1] + rows.at[2],
             rows.at[1] + rows.at[2] + rows.at[3], rows.at[2] + rows.at[3] + right}};
}

// Whether a lane's blocks are settled and do not move; their ages are in the lowest bits.
__device__ __forceinline__ bool areStill(const Words& sums, const Means& ages, const Still& p) {
    bool still = (ages.at[0] & ages.at[1] & ages.at[2] & ages.at[3] & SETTLED) == SETTLED;
    uint32 most = 0;
#pragma unroll
    for (int k = 0; k < BLOCKS; k++) {
        most = max(most, sums.at[k]);
        still &= isSumStill(sums.at[k], BIAS, p);
    }
    return still & (most < p.magnitudes);
}

// The share of motion, of 256.
__device__ __forceinline__ int motionOf(uint32 sums, const OfAge& age) {
    const int sum = abs((int)(sums & 0xFFFF) - (int)BIAS);
    const int magnitudes = sums >> 16;
    return shareOf(TIMES_SUM * sum, TIMES_MAGNITUDES * magnitudes, age);
}

// How a block is filtered.
struct Verdict {
    uint32 weight;              // of the newest picture in the mean, of 256
    uint32 share;               // of what is filtered in space, of 256
    uint32 age;                 // of the new mean
};

__device__ __forceinline__ Verdict judge(uint32 sums, int age, const OfMotion& ofMotion,
                                         const Parameters& p) {
    const OfAge own = ofAge(p.ofAge, age);
    const int motion = max(ofMotion.least, motionOf(sums, own));
    int newAge = motion == 0 ? min(3, age + 1) : age;
    newAge = motion >= 128 ? 0 : newAge;
    return {(uint32)max(own.newestWeight, motion),
            (uint32)max((motion * ofMotion.share) >> 8, p.ofAge[newAge].spatialShare),
            (uint32)newAge};
}

}  // namespace
