// The way of a warp down a strip of a picture in planes, two rows at a time.
#pragma once
#include "denoise_planes_blocks.cuh"

namespace {

// Where a lane's columns of a row of blocks of YUV420 go.
struct StillTarget {
    uint8* means;
    uint8* chromaMeans;
    uint8* luma;
    uint8* cb;
    uint8* cr;
    uint32 meansPitch;
    uint32 pitch;
    uint32 samplePitch;

    __device__ __forceinline__ StillTarget(const Target& target, int x, int row)
        : meansPitch(target.history.pitch), pitch(target.pitch),
          samplePitch(target.chromaPitch) {
        means = target.history.luma + 2 * x + (long long)(2 * row) * meansPitch;
        chromaMeans = target.history.chroma + 2 * x + (long long)row * meansPitch;
        luma = target.output + x + (long long)(2 * row) * pitch;
        cb = target.cb + x / 2 + (long long)row * samplePitch;
        cr = cb + (target.cr - target.cb);
    }

    __device__ __forceinline__ void advance() {
        means += 2 * meansPitch;
        chromaMeans += meansPitch;
        luma += 2 * pitch;
        cb += samplePitch;
        cr += samplePitch;
    }
};

// Means are not read again before the next frame, and then come from memory.
__device__ __forceinline__ void storeMeans(uint8* place, const Means& means) {
    __stcs(reinterpret_cast<uint4*>(place),
           uint4{means.at[0], means.at[1], means.at[2], means.at[3]});
}

__device__ __forceinline__ Means updatedAll(const Means& means, uint32 first, uint32 second,
                                            const Weights& weights) {
    return {{updated(means.at[0], __byte_perm(first, 0, 0x4140), weights),
             updated(means.at[1], __byte_perm(first, 0, 0x4342), weights),
             updated(means.at[2], __byte_perm(second, 0, 0x4140), weights),
             updated(means.at[3], __byte_perm(second, 0, 0x4342), weights)}};
}

// The levels of eight means.
__device__ __forceinline__ uint2 levelsOf(const Means& means) {
    return {__byte_perm(means.at[0], means.at[1], 0x7531),
            __byte_perm(means.at[2], means.at[3], 0x7531)};
}

// Filters a lane's blocks of YUV420 of which none moves.
__device__ __forceinline__ void filterStill(const BlockRow& row, const StillTarget& target,
                                            bool hasLower, const Weights& weights) {
    const int lane = laneOfThread();
#pragma unroll
    for (int k = 0; k < 2; k++) {
        const uint2 pixels = row.luma[k][lane];
        Means means = updatedAll(row.means[k][lane], pixels.x, pixels.y, weights);
        if (k == 0) {
#pragma unroll
            for (int i = 0; i < BLOCKS; i++) {
                means.at[i] |= SETTLED;
            }
        }
        storeMeans(target.means + k * target.meansPitch, means);
        if (k == 0 || hasLower) {
            *reinterpret_cast<uint2*>(target.luma + k * target.pitch) = levelsOf(means);
        }
    }
    const Means means = updatedAll(row.chromaMeans[lane], row.cb[lane], row.cr[lane], weights);
    const uint2 levels = levelsOf(means);
    storeMeans(target.chromaMeans, means);
    *reinterpret_cast<uint32*>(target.cb) = levels.x;
    *reinterpret_cast<uint32*>(target.cr) = levels.y;
}

// YUV420 on whole words: where nothing moves, lanes filter their own columns.
struct Yuv420Way {
    typedef Yuv420Source Source;
    static constexpr bool STILL = true;
};

// Other planes, of which all blocks are filtered as if they moved.
struct AnyWay {
    typedef AnySource Source;
    static constexpr bool STILL = false;
};

template <class Way>
struct Strip {
    const DenoisePicture& picture;
    const Parameters& p;
    const Columns& columns;
    const Weights settled;
    const Still still;
    Moving& moving;

    __device__ __forceinline__ Strip(const DenoisePicture& picture, const Parameters& p,
                                     const Columns& columns, Moving& moving)
        : picture(picture), p(p), columns(columns),
          settled(weightsOf(p.ofAge[3].newestWeight)), still(p.still), moving(moving) {}

    // Filters a row of blocks, the i-th of the strip, by a warp, and notes those that move.
    __device__ __forceinline__ void filterRow(const BlockRow& own, int i, bool hasLower,
                                              const Sums& sums, const StillTarget& target) const {
        const Means ages = own.means[0][laneOfThread()];
        bool moves = columns.owned;
        if (Way::STILL) {
            moves &= !areStill(sums, ages, still);
            if (columns.owned && p.leastMotion == 0) {
                filterStill(own, target, hasLower, settled);
            }
        }
        note(moving, i, __ballot_sync(ALL, moves), sums, target.means + target.meansPitch);
    }

    // Looks at the i-th row of blocks, which lies in this place of the ring, and filters the row above it.
    __device__ __forceinline__ void step(BlockRow* ring, int place, int i, int top, int rows,
                                         bool edge, typename Way::Source& source,
                                         StillTarget& target, const Sums& above, const Sums& own,
                                         Sums& below) const {
        const int lastRow = (picture.height - 1) / 2;
        const bool lastHasTwo = picture.height % 2 == 0;
        const int next = top + i;       // row of the picture; beyond the edges, the row at the edge stands
        awaitCopies();
        if (edge) {
            source.extend(ring[place]);
        }
        if (i < rows + 1) {
            if (next > 0 && next <= lastRow) {
                source.advance();
            }
            source.request(ring[(place + 1) % RING], next < lastRow || lastHasTwo);
        }
        below = blockSums(ring[place]);
        if (i >= 2) {
            filterRow(ring[(place + 2) % RING], i - 2, next - 2 < lastRow || lastHasTwo,
                      around(above, own, below, edge, columns), target);
            target.advance();
        }
    }

    // Walks down a strip of a band, of so many rows of blocks from this one on; one above and one below them are
    // looked at, too.
    __device__ __forceinline__ void walk(BlockRow* ring, int top, int rows) const {
        const bool edge = __any_sync(ALL, columns.first || columns.last);
        typename Way::Source source(picture, columns, max(top - 1, 0));
        StillTarget target(Target(picture), columns.x, top);
        Sums sums[RING] = {};
        source.request(ring[0], top > 1 || picture.height > 1);
        // Three at a time, so that neither sums nor places of the ring have to move on.
#pragma unroll 1
        for (int first = 0; first < rows + 2; first += RING) {
#pragma unroll
            for (int k = 0; k < RING; k++) {
                if (first + k < rows + 2) {
                    step(ring, k, first + k, top, rows, edge, source, target, sums[k],
                         sums[(k + 1) % RING], sums[(k + 2) % RING]);
                }
            }
        }
    }

    // Filters a strip of a band.
    __device__ __forceinline__ void filter(BlockRow* ring, int top, int mostRows) const {
        const int rows = min(mostRows, (picture.height + 1) / 2 - top);
        walk(ring, top, rows);
        const int x = __shfl_sync(ALL, columns.x, 1) - GROUP;
        filterMoving<Way::STILL>(picture, p, moving, x, top, rows);
    }
};

}  // namespace
