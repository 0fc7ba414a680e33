// The way of a warp down a strip of a picture in planes, two rows at a time.
#pragma once
#include "denoise_planes_blocks.cuh"

namespace {

// Filters the pixels of a lane's blocks of YUV420 of which none moves, and the chroma.
__device__ __forceinline__ void filterStill(const BlockRow& row, const Target& target, int x, int y,
                                            bool hasLower, const Weights& weights) {
    const int lane = laneOfThread();
#pragma unroll
    for (int k = 0; k < 2; k++) {
        const uint2 pixels = row.luma[k][lane];
        Means means = row.means.luma[k][lane];
#pragma unroll
        for (int i = 0; i < BLOCKS; i++) {
            means.at[i] = updated(
                means.at[i],
                __byte_perm(i < 2 ? pixels.x : pixels.y, 0, i & 1 ? 0x4342 : 0x4140), weights);
            means.at[i] |= k == 0 ? SETTLED : 0;
        }
        __stcs(reinterpret_cast<uint4*>(target.history.luma +
                                        (long long)(y + k) * target.history.pitch + 2 * x),
               uint4{means.at[0], means.at[1], means.at[2], means.at[3]});
        if (k == 0 || hasLower) {
            *reinterpret_cast<uint2*>(target.output + (long long)(y + k) * target.pitch + x) = {
                __byte_perm(means.at[0], means.at[1], 0x7531),
                __byte_perm(means.at[2], means.at[3], 0x7531)};
        }
    }
    const uint32 samples[2] = {row.cb[lane], row.cr[lane]};
    Means means = row.chromaMeans[lane];
#pragma unroll
    for (int i = 0; i < BLOCKS; i++) {
        means.at[i] = updated(means.at[i],
                              __byte_perm(samples[i / 2], 0, i & 1 ? 0x4342 : 0x4140), weights);
    }
    const long long at = (long long)(y / 2) * target.chromaPitch + x / 2;
    __stcs(reinterpret_cast<uint4*>(target.history.chroma +
                                    (long long)(y / 2) * target.history.chromaPitch + 2 * x),
           uint4{means.at[0], means.at[1], means.at[2], means.at[3]});
    *reinterpret_cast<uint32*>(target.cb + at) = __byte_perm(means.at[0], means.at[1], 0x7531);
    *reinterpret_cast<uint32*>(target.cr + at) = __byte_perm(means.at[2], means.at[3], 0x7531);
}

// YUV420 on whole words: where nothing moves, lanes filter their own columns.
struct Yuv420Way {
    typedef Yuv420Source Source;
    typedef RingChroma Chroma;
    static constexpr bool STILL = true;
};

// Other planes, of which all blocks are filtered one a lane.
struct AnyWay {
    typedef AnySource Source;
    typedef AnyChroma Chroma;
    static constexpr bool STILL = false;
};

template <class Way>
struct Strip {
    const DenoisePicture& picture;
    const Parameters& p;
    const Columns& columns;
    const typename Way::Chroma chroma;
    const Target target;
    const Weights settled;
    const Still still;

    __device__ __forceinline__ Strip(const DenoisePicture& picture, const Parameters& p,
                                     const Columns& columns)
        : picture(picture), p(p), columns(columns), chroma(picture), target(picture),
          settled(weightsOf(p.ofAge[3].newestWeight)), still(p.still) {}

    // Filters a row of blocks, by a warp. Past is the place of means that are no longer needed.
    __device__ __forceinline__ void filterRow(const ThreeRows& rows, Moving& past, int row,
                                              const Sums& sums) const {
        const int lane = laneOfThread();
        const Means upper = rows.own->means.luma[0][lane];
        bool moves[BLOCKS];
        bool any = false;
        bool all = true;
#pragma unroll
        for (int k = 0; k < BLOCKS; k++) {
            const bool inside = columns.owned & (2 * k < columns.inside);
            moves[k] = inside & (!Way::STILL | !((upper.at[k] & SETTLED) == SETTLED &
                                                 isStill(sums.at[k], still)));
            any |= moves[k];
            all &= moves[k] | !inside;
        }
        if (Way::STILL && columns.owned && !all) {
            filterStill(*rows.own, target, columns.x, 2 * row, 2 * row + 1 < picture.height,
                        settled);
        }
        if (__any_sync(ALL, any)) {
            const int count = gather(past, moves, sums);
            filterBlocks(rows, past, count, firstColumn(), row, picture.width, picture.height, p,
                         chroma, target);
        }
    }

    // Where the columns of lane 0 would be.
    __device__ __forceinline__ int firstColumn() const {
        return __shfl_sync(ALL, columns.x, 1) - GROUP;
    }

    // Filters a strip of a band that begins with this row of blocks.
    __device__ __forceinline__ void filter(BlockRow* ring, int top, int rows) const {
        const int lastRow = (picture.height - 1) / 2;
        const int count = min(rows, lastRow + 1 - top) + 2;
        const bool edge = __any_sync(ALL, columns.first || columns.last);
        const typename Way::Source source(picture, columns);
        Sums above = {{0, 0, 0, 0}};
        Sums own = above;
        source.request(placeOf(ring, 0), max(top - 1, 0));
#pragma unroll 1
        for (int i = 0; i < count; i++) {
            BlockRow& newest = placeOf(ring, i);
            awaitCopies();
            if (edge) {
                source.extend(newest);
            }
            __syncwarp();
            if (i + 1 < count) {
                source.request(placeOf(ring, i + 1), min(top + i, lastRow));
            }
            const Sums below = blockSums(newest);
            if (i >= 2) {
                BlockRow& oldest = placeOf(ring, i - 2);
                filterRow({&oldest, &placeOf(ring, i - 1), &newest}, oldest.means.moving,
                          top + i - 2, around(above, own, below, edge, columns));
            }
            above = own;
            own = below;
        }
    }
};

}  // namespace
