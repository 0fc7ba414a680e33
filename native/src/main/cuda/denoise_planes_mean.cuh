// Means over time, two in a word, with 8 bits behind the point and half a level more than they say: the upper
// byte is the mean rounded. In the lowest two bits of a block's first pixel is its age instead.
#pragma once
#include "types.cuh"

namespace {

// What one pixel and the rest of its mean weigh.
struct Weights {
    uint32 newest;
    uint32 rest;                // for the lower half of a word in the first byte, for the upper in the last
    uint32 rounding;            // and half a level of the newest pixel
};

__device__ __forceinline__ Weights weightsOf(uint32 newest) {
    return {newest, (256 - newest) * 0x01000001u, 128 * newest + 128};
}

// Two new means; pixels have 16 bits each.
__device__ __forceinline__ uint32 updated(uint32 means, uint32 pixels, const Weights& weights) {
    const uint32 left = __dp2a_lo(means, weights.rest, weights.rounding);
    const uint32 right = __dp2a_hi(means, weights.rest, weights.rounding);
    return __byte_perm(left, right, 0x6521) + pixels * weights.newest;
}

}  // namespace
