// Means over time in words of history, and how a pixel is blended into them.
#pragma once
#include "denoise_motion.cuh"

namespace {

// Red, green and blue of a mean, 22 bits up: whole levels are in the highest byte.
struct Raised {
    uint32 red;
    uint32 green;
    uint32 blue;
};

// What remains of a mean, 22 bits up: its fields are multiplied where they are. With what is added, all
// fit: 1020 * 256 + 640 < 2^18.
__device__ __forceinline__ Raised remains(uint32 word, uint32 rest) {
    return {(word & 0x3FF) * (rest << 14), (word & 0xFFC00) * (rest << 4),
            ((word >> 6) & 0xFFC000) * rest};
}

// Roundings of means, and of levels made of them, 16 bits down; half a level is two quarters.
constexpr uint32 HALF_OF_MEAN = 128 >> 2;
constexpr uint32 HALF_OF_LEVEL = 512 >> 2;
constexpr uint32 HALF_LEVELS = 2 | 2 << 10 | 2 << 20;

// A part of a pixel, in 256ths, and the rest of a mean. Products of bytes are taken where these are, with
// factors of 16 bits.
__device__ __forceinline__ Raised blend(uint32 word, uint32 pixel, uint32 weight, uint32 rounding) {
    Raised raised = remains(word, 256 - weight);
    raised.red += __dp2a_lo(weight, pixel, rounding) << 16;
    raised.green += __dp2a_lo(weight << 16, pixel, rounding) << 16;
    raised.blue += __dp2a_hi(weight, pixel, rounding) << 16;
    return raised;
}

__device__ __forceinline__ uint32 levels(const Raised& raised) {
    return __byte_perm(__byte_perm(raised.red, raised.green, 0x0073), raised.blue, 0x0710);
}

// The new mean, of numbers that half a level was added to: the upper 10 bits of each side by side.
__device__ __forceinline__ uint32 wordOf(const Raised& raised, uint32 age) {
    const uint32 blueGreen = __funnelshift_l(raised.green, raised.blue >> 22, 10);
    return __funnelshift_l(raised.red, blueGreen, 10) - HALF_LEVELS + age;
}

// Blends a pixel into its mean as its motion demands: returns the mean's new word, tells what is seen of it, and
// what share of that the filtered picture takes.
__device__ __forceinline__ uint32 filterPixel(uint32 word, uint32 sums, uint32 pixel,
                                              const Parameters& p, uint32& share, uint32& seen) {
    const int age = word >> 30;
    const OfAge own = ofAge(p.ofAge, age);
    const int motion = max(p.leastMotion, motionOf(sums, own));
    int newAge = motion == 0 ? min(3, age + 1) : age;
    newAge = motion >= 128 ? 0 : newAge;
    const Raised raised =
        blend(word, pixel, max(own.newestWeight, motion), HALF_OF_MEAN + HALF_OF_LEVEL);
    seen = levels(raised);
    share = max((motion * p.motionShare) >> 8, p.ofAge[newAge].spatialShare);
    return wordOf(raised, (uint32)newAge << 30);
}

// Filters four pixels of which none moves.
__device__ __forceinline__ void filterStill(const Words& pixels, uint32 weight, Words& words,
                                            Words& seen) {
#pragma unroll
    for (int i = 0; i < 4; i++) {
        const Raised raised =
            blend(words.at[i], pixels.at[i], weight, HALF_OF_MEAN + HALF_OF_LEVEL);
        words.at[i] = wordOf(raised, SETTLED);
        seen.at[i] = levels(raised);
    }
}

}  // namespace
