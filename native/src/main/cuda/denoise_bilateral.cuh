// The bilateral filter over 3 x 3 pixels, four of them a lane.
#pragma once
#include "denoise_mean.cuh"

namespace {

constexpr int CENTRE_WEIGHT = 28;
constexpr int RING = 4;                 // rows of pixels that are kept, a power of two

// Four pixels of a row, and one on each side.
struct Six {
    uint32 at[6];
};

__device__ __forceinline__ Six around(const Words& own, const Columns& columns) {
    const uint32 left = __shfl_up_sync(ALL, own.at[3], 1);
    const uint32 right = __shfl_down_sync(ALL, own.at[0], 1);
    return {{columns.first ? own.at[0] : left, own.at[0], own.at[1], own.at[2], own.at[3],
             columns.last ? own.at[3] : right}};
}

// The colours of six pixels, those of a kind side by side: of the first four, then of the last four.
struct Planes {
    uint32 red[2];
    uint32 green[2];
    uint32 blue[2];
};

__device__ __forceinline__ Planes planesOf(const Six& six) {
    uint32 redGreen[3];
    uint32 blue[3];
#pragma unroll
    for (int i = 0; i < 3; i++) {
        redGreen[i] = __byte_perm(six.at[2 * i], six.at[2 * i + 1], 0x5140);
        blue[i] = __byte_perm(six.at[2 * i], six.at[2 * i + 1], 0x0062);
    }
    Planes planes;
#pragma unroll
    for (int i = 0; i < 2; i++) {
        planes.red[i] = __byte_perm(redGreen[i], redGreen[i + 1], 0x5410);
        planes.green[i] = __byte_perm(redGreen[i], redGreen[i + 1], 0x7632);
        planes.blue[i] = __byte_perm(blue[i], blue[i + 1], 0x5410);
    }
    return planes;
}

// The weight of two pixels for each other, in the third byte; the highest one is 0.
__device__ __forceinline__ uint32 weightOf(uint32 pixel, uint32 other, int minusFalloff) {
    return max(0, (int)__vsadu4(pixel, other) * minusFalloff + (CENTRE_WEIGHT << 16 | 0xFFFF));
}

// Weighted sums of the pixels around one; at most 9 * 28 * 255.
struct Sums {
    uint32 red;
    uint32 green;
    uint32 blue;
    uint32 weights;             // of three columns, a byte each
};

// Adds three pixels of a row, of which the middle one has the column i of four.
__device__ __forceinline__ void add(Sums& sums, const Planes& planes, int i, uint32 left,
                                    uint32 middle, uint32 right) {
    const uint32 weights =
        __byte_perm(__byte_perm(left, middle, 0x0062), right, i & 1 ? 0x6107 : 0x7610);
    sums.red = __dp4a(planes.red[i / 2], weights, sums.red);
    sums.green = __dp4a(planes.green[i / 2], weights, sums.green);
    sums.blue = __dp4a(planes.blue[i / 2], weights, sums.blue);
    sums.weights += weights;
}

// 2^20 / weight, rounded down: half of what a quotient may lie below the next whole number is added,
// more than twice the error of the approximation.
__device__ __forceinline__ uint32 reciprocalOf(uint32 weight) {
    float inverse;
    asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(inverse) : "f"((float)weight));
    return (uint32)(1048576.5f * inverse);
}

// A share of the mean of the pixels around one, 16 bits up and rounded; the reciprocal is that of the weights,
// 24 bits up, so that the mean is in the highest byte.
__device__ __forceinline__ uint32 part(uint32 sum, uint32 reciprocal, uint32 share) {
    return __dp2a_hi(share << 16, sum * reciprocal + (1u << 23), HALF_OF_LEVEL) << 16;
}

// The mean of the pixels around one, and a share of it mixed with what the temporal mean is.
__device__ __forceinline__ uint32 mixed(const Sums& sums, uint32 word, uint32 share) {
    const uint32 reciprocal = reciprocalOf(__dp4a(sums.weights, 0x01010101u, 0u)) * 16;
    Raised raised = remains(word, 256 - share);
    raised.red += part(sums.red, reciprocal, share);
    raised.green += part(sums.green, reciprocal, share);
    raised.blue += part(sums.blue, reciprocal, share);
    return levels(raised);
}

__device__ __forceinline__ void sumAround(const Words (*rows)[LANES], int slot, int lane,
                                          const Columns& columns, int minusFalloff, Sums* sums) {
    const Six row = around(ring(rows[slot][lane]), columns);
    // Two pixels side by side have the same weight for each other.
    uint32 weights[5];
#pragma unroll
    for (int i = 0; i < 5; i++) {
        weights[i] = weightOf(row.at[i], row.at[i + 1], minusFalloff);
    }
    const Planes planes = planesOf(row);
#pragma unroll
    for (int i = 0; i < 4; i++) {
        sums[i] = {0, 0, 0, 0};
        add(sums[i], planes, i, weights[i], CENTRE_WEIGHT << 16, weights[i + 1]);
    }
#pragma unroll
    for (int down = -1; down <= 1; down += 2) {
        const Six other = around(ring(rows[(slot + down) & (RING - 1)][lane]), columns);
        const Planes others = planesOf(other);
#pragma unroll
        for (int i = 0; i < 4; i++) {
            const uint32 centre = row.at[i + 1];
            add(sums[i], others, i, weightOf(other.at[i], centre, minusFalloff),
                weightOf(other.at[i + 1], centre, minusFalloff),
                weightOf(other.at[i + 2], centre, minusFalloff));
        }
    }
}

}  // namespace
