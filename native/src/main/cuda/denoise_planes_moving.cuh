// Groups of blocks of which some move, or have young means. Lanes hand theirs over, and eight are filtered at
// a time, a block a lane: noise makes so few look as if they moved that one turn does for a row. Where all do,
// there are four, in which each lane has as much to do as if it filtered its own. All that a block needs lies
// in the rings; its new means take the place of the old ones there.
#pragma once
#include "denoise_planes_spatial.cuh"
#include "denoise_planes_still.cuh"

namespace {

constexpr int GROUPS = LANES / BLOCKS;          // that are filtered together

// What lanes hand over, and get back.
struct Moving {
    Words blocks[LANES];                        // sums, which become the four pixels of each
    uint8 lanes[LANES];                         // whose groups they are
};

// A row of blocks whose surroundings lie in a ring.
struct RowOfBlocks {
    const Picture& picture;
    const Parameters& p;
    PixelRow* pixels;
    MeansRow& means;
    Moving& moving;
    Places places;
    int row;                    // of the picture
    int left;                   // column at which the strip begins
};

// What is seen of a lane's Cb and Cr, a pair for each block, lies where the upper row of luma above was, which
// nothing needs any more.
__device__ __forceinline__ uint16* seenChroma(PixelRow& above, int lane) {
    return reinterpret_cast<uint16*>(&above.luma[0][placeOfLane(lane)]);
}

// Four bytes, beginning at any of a row of words.
__device__ __forceinline__ uint32 bytesAt(const void* row, int column) {
    const uint32* words = reinterpret_cast<const uint32*>(row) + (column >> 2);
    return __funnelshift_r(words[0], words[1], 8 * column);
}

// Three pairs out of four pixels: those of a block, and what is one to the left and one to the right.
__device__ __forceinline__ void lumaPairs(const void* row, int column, uint32* three) {
    const uint32 four = bytesAt(row, column - 1);
    three[0] = __byte_perm(four, WITH_LEVELS, 0x7170);
    three[1] = __byte_perm(four, WITH_LEVELS, 0x7271);
    three[2] = __byte_perm(four, WITH_LEVELS, 0x7372);
}

// Pairs of Cb and Cr, of a sample and those beside it.
__device__ __forceinline__ void chromaPairs(const PixelRow& row, int column, uint32* three) {
    const uint32 cb = bytesAt(row.cb, column - 1);
    const uint32 cr = bytesAt(row.cr, column - 1);
    const uint32 two = __byte_perm(cb, cr, 0x5140);
    three[0] = __byte_perm(two, WITH_LEVELS, 0x7170);
    three[1] = __byte_perm(two, WITH_LEVELS, 0x7372);
    three[2] = __byte_perm(__byte_perm(cb, cr, 0x0062), WITH_LEVELS, 0x7170);
}

// Filters the four pixels of a block.
__device__ __forceinline__ void filterLuma(const RowOfBlocks& row, int lane, int block,
                                           const Filter& filter) {
    const PixelRow& own = row.pixels[row.places.own];
    // Beyond the edges, the row at the edge stands.
    const uint2* above = row.row == 0 ? own.luma[0] : row.pixels[row.places.above].luma[1];
    const uint2* below =
        row.row == row.picture.lastRow ? own.luma[1] : row.pixels[row.places.below].luma[0];
    const int place = placeOfLane(lane);
    const int column = GROUP * place + 2 * block;
    uint32 pairs[4][3];
    lumaPairs(above, column, pairs[0]);
    lumaPairs(own.luma[0], column, pairs[1]);
    lumaPairs(own.luma[1], column, pairs[2]);
    lumaPairs(below, column, pairs[3]);
    uint32 seen[2];
#pragma unroll
    for (int k = 0; k < 2; k++) {
        Nine nine;
#pragma unroll
        for (int i = 0; i < 9; i++) {
            nine.at[i / 3][i % 3] = pairs[k + i / 3][i % 3];
        }
        uint32 means = row.means.luma[k][place].at[block];
        seen[k] = filterPair(nine, means, filter, filter.falloff);
        row.means.luma[k][place].at[block] = k == 0 ? (means & ~SETTLED) | filter.age : means;
    }
    row.moving.blocks[lane].at[block] = __byte_perm(seen[0], seen[1], 0x6420);
}

// Filters the samples of a block of YUV420 in the ring.
struct RingChroma {
    __device__ static __forceinline__ void filter(const RowOfBlocks& row, int lane, int block,
                                                  const Filter& filter) {
        Nine nine;
        const int column = BLOCKS * placeOfLane(lane) + block;
        chromaPairs(row.pixels[row.places.above], column, nine.at[0]);
        chromaPairs(row.pixels[row.places.own], column, nine.at[1]);
        chromaPairs(row.pixels[row.places.below], column, nine.at[2]);
        uint16* means = reinterpret_cast<uint16*>(&row.means.chroma[lane]) + block;
        uint32 pair = means[0] | (uint32)means[BLOCKS] << 16;
        const uint32 seen = filterPair(nine, pair, filter, filter.chromaFalloff);
        means[0] = (uint16)pair;
        means[BLOCKS] = (uint16)(pair >> 16);
        seenChroma(row.pixels[row.places.above], lane)[block] =
            (uint16)__byte_perm(seen, 0, 0x4420);
    }
};

// Filters a block of another lane.
template <class Chroma>
__device__ __forceinline__ void filterBlock(const RowOfBlocks& row, int lane, int block) {
    const int age = (int)(row.means.luma[0][placeOfLane(lane)].at[block] & SETTLED);
    const OfMotion ofMotion = row.p.ofMotion;
    const Verdict verdict = judge(row.moving.blocks[lane].at[block], age, ofMotion, row.p);
    const Filter filter = {weightsOf(verdict.weight), halfPart(verdict.share), verdict.age,
                           ofMotion.falloff, ofMotion.chromaFalloff};
    filterLuma(row, lane, block, filter);
    Chroma::filter(row, lane, block, filter);
}

// Filters the groups of these lanes; sums are those of the lane's own blocks. Only here do lanes look at columns
// of others: all have awaited theirs before, and none overwrites them until all are done.
template <class Chroma>
__device__ __forceinline__ void filterMoving(const RowOfBlocks& row, uint32 groups,
                                             const Words& sums) {
    const int lane = laneOfThread();
    if (groups >> lane & 1) {
        row.moving.blocks[lane] = sums;
        row.moving.lanes[__popc(groups & ((1u << lane) - 1))] = (uint8)lane;
    }
    __syncwarp();
    const int count = __popc(groups);
#pragma unroll 1
    for (int i = lane / BLOCKS; i < count; i += GROUPS) {
        filterBlock<Chroma>(row, row.moving.lanes[i], lane % BLOCKS);
    }
    __syncwarp();
}

// What became of a lane's own group.
__device__ __forceinline__ Filtered movedGroup(const MeansRow& means, const Moving& moving,
                                               PixelRow& above) {
    const int lane = laneOfThread();
    const Words blocks = moving.blocks[lane];
    const uint2 chroma = *reinterpret_cast<const uint2*>(seenChroma(above, lane));
    Filtered filtered;
#pragma unroll
    for (int k = 0; k < 2; k++) {
        filtered.means[k] = means.luma[k][placeOfLane(lane)];
        const uint32 row = k == 0 ? 0x5410 : 0x7632;
        filtered.luma[k] = {__byte_perm(blocks.at[0], blocks.at[1], row),
                            __byte_perm(blocks.at[2], blocks.at[3], row)};
    }
    filtered.chromaMeans = means.chroma[lane];
    filtered.cb = __byte_perm(chroma.x, chroma.y, 0x6420);
    filtered.cr = __byte_perm(chroma.x, chroma.y, 0x7531);
    return filtered;
}

}  // namespace
