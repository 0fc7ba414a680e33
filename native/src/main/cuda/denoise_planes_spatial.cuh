// What is seen where something moves: PlaneSmoother.java. Two numbers side by side, in half precision.
#pragma once
#include "denoise_planes_half.cuh"
#include "denoise_planes_mean.cuh"

namespace {

// A pair of levels, 1024 more each, and the pairs around it.
struct Nine {
    uint32 at[3][3];
};

// Sum of the differences of the pairs around one to it, each of which counts the less the greater it is.
__device__ __forceinline__ uint32 weightedDifferences(const Nine& nine, uint32 falloff) {
    const uint32 centre = nine.at[1][1];
    uint32 sum = 0;
#pragma unroll
    for (int i = 0; i < 9; i++) {
        if (i != 4) {
            const uint32 difference = halfSub(nine.at[i / 3][i % 3], centre);
            const uint32 weight =
                halfFmaWithinOne(halfMagnitude(difference), falloff, HALF_ONES);
            sum = halfFma(difference, weight, sum);
        }
    }
    return sum;
}

// A share of the mean of the pairs around one, and the rest of its mean over time; levels in the first and
// in the third byte.
__device__ __forceinline__ uint32 mixed(const Nine& nine, uint32 means, uint32 falloff,
                                        uint32 share) {
    const uint32 levels = __byte_perm(means, WITH_LEVELS, 0x7371);
    const uint32 difference = halfFma(weightedDifferences(nine, falloff), HALF_EIGHTHS,
                                      halfSub(nine.at[1][1], levels));
    return halfFma(difference, share, levels);
}

// How a block is filtered.
struct Filter {
    Weights weights;
    uint32 share;               // of what is filtered in space, a pair in half precision
    uint32 age;                 // of the new means
    uint32 falloff;             // of luma, a pair
    uint32 chromaFalloff;
};

// Filters a pair of levels; returns what is seen, in the first and in the third byte.
__device__ __forceinline__ uint32 filterPair(const Nine& nine, uint32& means, const Filter& filter,
                                             uint32 falloff) {
    means = updated(means, nine.at[1][1] - WITH_LEVELS, filter.weights);
    return mixed(nine, means, falloff, filter.share);
}

}  // namespace
