// Groups of blocks of which some move, or have young means. On its way down a strip a warp only notes which these are,
// and in their new means, which are not known yet, the differences in their surroundings. In the end it gathers as many
// of them as make a block for each lane, and filters them.
#pragma once
#include "denoise_planes_chroma.cuh"
#include "denoise_planes_motion.cuh"

namespace {

constexpr int MOST_ROWS = 60;                   // of blocks of a band; see DenoiseKernel.java
constexpr int GROUPS = LANES / BLOCKS;          // that are filtered together

struct Moving {
    uint32 lanes[MOST_ROWS];                    // a bit for each that has such a group
    uint32 waiting[GROUPS - 1 + LANES];         // lanes of groups, and above 5 bits their rows
};

// Luma of a picture, of which four pixels of a row side by side are read: two of a block and those beside them;
// beyond the edge, the pixel at the edge stands.
template <bool WHOLE_WORDS>
struct Luma {
    const uint8* pixels;
    int pitch;
    int lastColumn;
    int lastRow;

    __device__ __forceinline__ explicit Luma(const DenoisePicture& picture)
        : pixels(reinterpret_cast<const uint8*>(picture.pixels)), pitch(picture.pitch),
          lastColumn(picture.width - 1), lastRow(picture.height - 1) {}

    // From the column before x on, which is even.
    __device__ __forceinline__ uint32 fourAt(int x, int y) const {
        const uint8* row = pixels + (long long)min(max(y, 0), lastRow) * pitch;
        if (WHOLE_WORDS) {
            const uint32 left = *reinterpret_cast<const uint32*>(row + (max(x - 1, 0) & ~3));
            const uint32 right =
                *reinterpret_cast<const uint32*>(row + (min(x + 2, lastColumn) & ~3));
            return __byte_perm(left, right, selectorOf(x));
        }
        const int next = min(x + 1, lastColumn);
        return row[max(x - 1, 0)] | row[x] << 8 | row[next] << 16 |
               (uint32)row[min(x + 2, lastColumn)] << 24;
    }

    // Which bytes of two words these are.
    __device__ __forceinline__ uint32 selectorOf(int x) const {
        uint32 selector = x & 2 ? 0x4321 : 0x6543;
        if (x == 0) {
            selector = 0x6544;
        }
        if (x + 1 >= lastColumn) {
            const uint32 last = selector >> (x == lastColumn ? 4 : 8) & 0xF;
            selector = (selector & (x == lastColumn ? 0xFF : 0xFFF)) | last << 12 |
                       (x == lastColumn ? last << 8 : 0);
        }
        return selector;
    }

    // Pairs of a row: of the pixels of a block, and of what is one to the left and one to the right.
    __device__ __forceinline__ void pairsAt(int x, int y, uint32* three) const {
        const uint32 four = fourAt(x, y);
        three[0] = __byte_perm(four, WITH_LEVELS, 0x7170);
        three[1] = __byte_perm(four, WITH_LEVELS, 0x7271);
        three[2] = __byte_perm(four, WITH_LEVELS, 0x7372);
    }
};

// What blocks are filtered from and to.
template <bool WHOLE_WORDS>
struct Blocks {
    const Parameters& p;
    const Luma<WHOLE_WORDS> luma;
    const Chroma chroma;
    const History history;
    const Target target;

    __device__ __forceinline__ Blocks(const DenoisePicture& picture, const Parameters& p)
        : p(p), luma(picture), chroma(picture), history(historyOf(picture, picture.history)),
          target(picture) {}

    // Histories have the last row twice where it is the first one of its blocks.
    __device__ __forceinline__ void store(int x, int y, uint32 means, uint32 seen) const {
        *reinterpret_cast<uint32*>(target.history.luma + (long long)y * target.history.pitch +
                                   2 * x) = means;
        if (y <= luma.lastRow) {
            *reinterpret_cast<uint16*>(target.output + (long long)y * target.pitch + x) =
                (uint16)__byte_perm(seen, 0, 0x4420);
        }
    }

    // Where the means of the lower row of a block will be, what is known of it is left.
    __device__ __forceinline__ uint32* noteOf(int x, int y) const {
        return reinterpret_cast<uint32*>(target.history.luma +
                                         (long long)(y + 1) * target.history.pitch + 2 * x);
    }

    // Filters the block that begins in this column and row of pixels.
    __device__ __forceinline__ void filterBlock(int x, int y) const {
        const uint8* place = history.luma + (long long)y * history.pitch + 2 * x;
        uint32 means[2] = {*reinterpret_cast<const uint32*>(place),
                           *reinterpret_cast<const uint32*>(place + history.pitch)};
        const uint32 sums = *noteOf(x, y);
        uint32 pairs[4][3];
#pragma unroll
        for (int i = 0; i < 4; i++) {
            luma.pairsAt(x, y + i - 1, pairs[i]);
        }
        const Verdict verdict = judge(sums, (int)(means[0] & SETTLED), p);
        const Filter filter = {weightsOf(verdict.weight), halfPart(verdict.share), verdict.age};
#pragma unroll
        for (int k = 0; k < 2; k++) {
            Nine nine;
#pragma unroll
            for (int i = 0; i < 9; i++) {
                nine.at[i / 3][i % 3] = pairs[k + i / 3][i % 3];
            }
            const uint32 seen = filterPair(nine, means[k], filter, p.falloff);
            store(x, y + k, k == 0 ? (means[k] & ~SETTLED) | filter.age : means[k], seen);
        }
        chroma.filterBlock(x / 2, y / 2, filter, p.chromaFalloff, target);
    }
};

// Notes which lanes have blocks of a row that are to be filtered, and the differences in their surroundings,
// beginning at this place in their new means.
__device__ __forceinline__ void note(Moving& moving, int row, uint32 lanes, const Sums& sums,
                                     uint8* means) {
    const int lane = laneOfThread();
    if (lanes >> lane & 1) {
        *reinterpret_cast<uint4*>(means) = {sums.at[0], sums.at[1], sums.at[2], sums.at[3]};
    }
    if (lane == 0) {
        moving.lanes[row] = lanes;
    }
}

// Adds the groups of a row to those that wait, and tells how many they are.
__device__ __forceinline__ int gather(Moving& moving, int row, int count) {
    const int lane = laneOfThread();
    const uint32 lanes = moving.lanes[row];
    if (lanes >> lane & 1) {
        moving.waiting[count + __popc(lanes & ((1u << lane) - 1))] = lane + LANES * row;
    }
    return count + __popc(lanes);
}

// Filters what was noted of a strip: so many rows of blocks from this one on, whose lane 0 would begin in this column.
// It is written over what lanes left there of their own columns.
template <bool WHOLE_WORDS>
__device__ __forceinline__ void filterMoving(const DenoisePicture& picture, const Parameters& p,
                                             Moving& moving, int x, int top, int rows) {
    const Blocks<WHOLE_WORDS> blocks(picture, p);
    int count = 0;
    __syncwarp();
#pragma unroll 1
    for (int row = 0; row < rows; row++) {
        count = gather(moving, row, count);
        __syncwarp();
        const int least = row + 1 < rows ? GROUPS : 1;
#pragma unroll 1
        for (; count >= least; count -= GROUPS) {
            const int index = count - 1 - laneOfThread() / BLOCKS;
            if (index >= 0) {
                const uint32 group = moving.waiting[index];
                const int column = x + GROUP * (int)(group % LANES) + 2 * (laneOfThread() % BLOCKS);
                if (column < picture.width) {
                    blocks.filterBlock(column, 2 * (top + (int)(group / LANES)));
                }
            }
            __syncwarp();
        }
    }
}

}  // namespace
