// Blocks that move, or whose means are young: they are gathered, and filtered one a lane.
#pragma once
#include "denoise_planes_chroma.cuh"

namespace {

// Which bytes of two words are the pixels of a row of a block and those beside them; those at the edge stand
// for what is beyond.
__device__ __forceinline__ uint32 selectorOf(const Block& block, int width) {
    uint32 selector = block.place & 1 ? 0x4321 : 0x6543;
    if (block.x == 0) {
        selector = (selector & 0xFFF0) | (selector >> 4 & 0xF);
    }
    if (block.x + 2 >= width) {
        selector = (selector & 0x0FFF) | (selector << 4 & 0xF000);
    }
    return selector;
}

// Pairs of a row: of the pixels of a block, and of what is one to the left and one to the right.
__device__ __forceinline__ void readPairs(const uint2* row, int word, uint32 selector, uint32* three) {
    const uint32* words = reinterpret_cast<const uint32*>(row) + word;
    const uint32 four = __byte_perm(words[0], words[1], selector);
    three[0] = __byte_perm(four, WITH_LEVELS, 0x7170);
    three[1] = __byte_perm(four, WITH_LEVELS, 0x7271);
    three[2] = __byte_perm(four, WITH_LEVELS, 0x7372);
}

// Histories have the last row twice where it is the first one of its blocks.
__device__ __forceinline__ void storePair(const Target& target, int x, int y, int height,
                                          uint32 means, uint32 seen) {
    *reinterpret_cast<uint32*>(target.history.luma + (long long)y * target.history.pitch + 2 * x) =
        means;
    if (y < height) {
        *reinterpret_cast<uint16*>(target.output + (long long)y * target.pitch + x) =
            (uint16)__byte_perm(seen, 0, 0x4420);
    }
}

// Filters the pixels of a block.
__device__ __forceinline__ void filterLuma(const ThreeRows& rows, const Block& block, int width,
                                           int height, const Weights& weights, uint32 falloff,
                                           uint32 share, uint32 age, const Target& target) {
    const uint32 selector = selectorOf(block, width);
    const int word = 2 * block.lane + (block.place + 1) / 2 - 1;
    const bool top = block.row == 0;
    const bool bottom = 2 * block.row + 2 >= height;
    uint32 pairs[4][3];
    readPairs(top ? rows.own->luma[0] : rows.above->luma[1], word, selector, pairs[0]);
    readPairs(rows.own->luma[0], word, selector, pairs[1]);
    readPairs(rows.own->luma[1], word, selector, pairs[2]);
    readPairs(bottom ? rows.own->luma[1] : rows.below->luma[0], word, selector, pairs[3]);
#pragma unroll
    for (int k = 0; k < 2; k++) {
        Nine nine;
#pragma unroll
        for (int i = 0; i < 9; i++) {
            nine.at[i / 3][i % 3] = pairs[k + i / 3][i % 3];
        }
        uint32 means = updated(rows.own->means.luma[k][block.lane].at[block.place],
                               nine.at[1][1] - WITH_LEVELS, weights);
        means = k == 0 ? (means & ~SETTLED) | age : means;
        storePair(target, block.x, 2 * block.row + k, height, means,
                  mixed(nine, means, falloff, share));
    }
}

// Filters the blocks of a row that are in the list, by all lanes of a warp.
template <class Chroma>
__device__ __forceinline__ void filterBlocks(const ThreeRows& rows, const Moving& moving, int count,
                                             int x, int row, int width, int height,
                                             const Parameters& p, const Chroma& chroma,
                                             const Target& target) {
#pragma unroll 1
    for (int i = laneOfThread(); i < count; i += LANES) {
        const int entry = moving.blocks[i];
        Block block = {entry % LANES, entry / LANES, 0, row};
        block.x = x + GROUP * block.lane + 2 * block.place;
        const uint32 age = rows.own->means.luma[0][block.lane].at[block.place] & SETTLED;
        const Verdict verdict = judge(moving.sums[block.lane].at[block.place], (int)age, p);
        const Weights weights = weightsOf(verdict.weight);
        const uint32 share = halfPart(verdict.share);
        filterLuma(rows, block, width, height, weights, p.falloff, share, verdict.age, target);
        chroma.filter(rows, block, width, weights, p.chromaFalloff, share, target);
    }
}

// Lists the blocks of all lanes for which this is so, and tells how many there are.
__device__ __forceinline__ int gather(Moving& moving, const bool* moves, const Sums& sums) {
    const int lane = laneOfThread();
    const uint32 before = (1u << lane) - 1;
    moving.sums[lane] = sums;
    int count = 0;
#pragma unroll
    for (int k = 0; k < BLOCKS; k++) {
        const uint32 lanes = __ballot_sync(ALL, moves[k]);
        if (moves[k]) {
            moving.blocks[count + __popc(lanes & before)] = (uint8)(lane + LANES * k);
        }
        count += __popc(lanes);
    }
    __syncwarp();
    return count;
}

}  // namespace
