// Rows of a strip of which few pixels move: noise alone makes some of a thousand look so. Each lane
// filters one of those instead of the four that are its own.
#pragma once
#include "denoise_bilateral.cuh"

namespace {

constexpr int FEW_GROUPS = LANES / 4;           // of four pixels; with more, all lanes filter their own

// What lanes hand over, and get back in the same places: sums become pixels that are seen.
struct FewPixels {
    Words sums[FEW_GROUPS];
    Words words[FEW_GROUPS];
    uint32 lanes[FEW_GROUPS];
};

constexpr uint32 FIRST = 1 << 8;                // whether a group is the first of its row
constexpr uint32 LAST = 1 << 9;

// Adds four pixels with their weights, each of which is in the third byte.
__device__ __forceinline__ void add(Sums& sums, const uint32* pixels, const uint32* weights) {
    const uint32 firstRedGreen = __byte_perm(pixels[0], pixels[1], 0x5140);
    const uint32 lastRedGreen = __byte_perm(pixels[2], pixels[3], 0x5140);
    const uint32 firstBlue = __byte_perm(pixels[0], pixels[1], 0x0062);
    const uint32 lastBlue = __byte_perm(pixels[2], pixels[3], 0x0062);
    const uint32 four = __byte_perm(__byte_perm(weights[0], weights[1], 0x0062),
                                    __byte_perm(weights[2], weights[3], 0x0062), 0x5410);
    sums.red = __dp4a(__byte_perm(firstRedGreen, lastRedGreen, 0x5410), four, sums.red);
    sums.green = __dp4a(__byte_perm(firstRedGreen, lastRedGreen, 0x7632), four, sums.green);
    sums.blue = __dp4a(__byte_perm(firstBlue, lastBlue, 0x5410), four, sums.blue);
    sums.weights += four;
}

// Weighted sums of the pixels around one; left and right say where in a row its neighbours lie.
__device__ __forceinline__ Sums sumAround(const Words (*rows)[LANES], int slot, int column, int left,
                                          int right, int minusFalloff) {
    const uint32* above = rows[(slot - 1) & (RING - 1)][0].at + column;
    const uint32* row = rows[slot][0].at + column;
    const uint32* below = rows[(slot + 1) & (RING - 1)][0].at + column;
    const uint32 others[8] = {above[left], above[0], above[right], row[left],
                              row[right], below[left], below[0], below[right]};
    uint32 weights[8];
#pragma unroll
    for (int i = 0; i < 8; i++) {
        weights[i] = weightOf(row[0], others[i], minusFalloff);
    }
    Sums sums = {__dp4a(row[0], (uint32)CENTRE_WEIGHT, 0u),
                 __dp4a(row[0], (uint32)CENTRE_WEIGHT << 8, 0u),
                 __dp4a(row[0], (uint32)CENTRE_WEIGHT << 16, 0u), CENTRE_WEIGHT};
    add(sums, others, weights);
    add(sums, others + 4, weights + 4);
    return sums;
}

// Filters a pixel of a group that another lane handed over.
__device__ __forceinline__ void filterOne(const Words (*rows)[LANES], int slot, int group, int i,
                                          const Parameters& p, FewPixels& few) {
    const uint32 lane = few.lanes[group];
    const int column = 4 * (lane & (LANES - 1)) + i;
    uint32& word = few.words[group].at[i];
    uint32& seen = few.sums[group].at[i];
    uint32 share = 0;
    const uint32 mean = filterPixel(word, seen, rows[slot][0].at[column], p, share, seen);
    if (share > 0) {
        const int left = (lane & FIRST) != 0 && i == 0 ? 0 : -1;
        const int right = (lane & LAST) != 0 && i == 3 ? 0 : 1;
        seen = mixed(sumAround(rows, slot, column, left, right, -p.falloff), mean, share);
    }
    word = mean;
}

// Filters the groups of these lanes, at most FEW_GROUPS, by all lanes of a warp together. The history is that
// of the lane's own pixels.
__device__ __forceinline__ void filterFew(const Words (*rows)[LANES], int slot, uint32 groups,
                                          const Columns& columns, const Words& sums,
                                          const Words& history, const Parameters& p, FewPixels& few,
                                          Words& words, Words& seen) {
    const int lane = threadIdx.x % LANES;
    const bool mine = (groups >> lane & 1) != 0;
    const int place = __popc(groups & ((1u << lane) - 1));
    if (mine) {
        put(few.sums[place], sums);
        put(few.words[place], ring(history));
        few.lanes[place] = lane | (columns.first ? FIRST : 0) | (columns.last ? LAST : 0);
    }
    __syncwarp();
    if (lane / 4 < __popc(groups)) {
        filterOne(rows, slot, lane / 4, lane % 4, p, few);
    }
    __syncwarp();
    if (mine) {
        words = ring(few.words[place]);
        seen = ring(few.sums[place]);
    }
    // The next row is written where this one was read.
    __syncwarp();
}

}  // namespace
