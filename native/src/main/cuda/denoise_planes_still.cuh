// A lane's columns of a row of blocks as they come out, and how they are filtered where nothing moves.
#pragma once
#include "denoise_planes_mean.cuh"
#include "denoise_planes_motion.cuh"
#include "denoise_planes_picture.cuh"

namespace {

struct Filtered {
    Means means[2];
    Means chromaMeans;
    uint2 luma[2];
    uint32 cb;
    uint32 cr;
};

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

// Filters blocks with settled means of which none moves.
__device__ __forceinline__ Filtered filterStill(const PixelRow& pixels, const MeansRow& means,
                                                const Weights& weights) {
    const int lane = laneOfThread();
    const int place = placeOfLane(lane);
    Filtered filtered;
#pragma unroll
    for (int k = 0; k < 2; k++) {
        const uint2 luma = pixels.luma[k][place];
        filtered.means[k] = updatedAll(means.luma[k][place], luma.x, luma.y, weights);
    }
#pragma unroll
    for (int i = 0; i < BLOCKS; i++) {
        filtered.means[0].at[i] |= SETTLED;
    }
    filtered.luma[0] = levelsOf(filtered.means[0]);
    filtered.luma[1] = levelsOf(filtered.means[1]);
    filtered.chromaMeans =
        updatedAll(means.chroma[lane], pixels.cb[place], pixels.cr[place], weights);
    const uint2 levels = levelsOf(filtered.chromaMeans);
    filtered.cb = levels.x;
    filtered.cr = levels.y;
    return filtered;
}

// Means are not read again before the next frame, and then come from memory.
__device__ __forceinline__ void storeMeans(uint8* place, const Means& means) {
    __stcs(reinterpret_cast<uint4*>(place),
           uint4{means.at[0], means.at[1], means.at[2], means.at[3]});
}

// Stores whole groups, for which rows have room: from column x on, of a row of blocks. The compiler is told that
// this is global memory, so that what is read from shared memory need not wait.
template <bool WITH_CHROMA>
__device__ __forceinline__ void store(const Picture& picture, int x, int row,
                                      const Filtered& filtered) {
    // Copies, since what is stored may lie where they do, as far as the compiler knows.
    const Planes to = picture.to;
    const History history = picture.newMeans;
    const bool hasLower = 2 * row + 1 < picture.height;
    uint8* means = history.luma + (2 * row * history.pitch + 2 * x);
    storeMeans(means, filtered.means[0]);
    storeMeans(means + history.pitch, filtered.means[1]);
    uint8* luma = to.luma + (2 * row * to.pitch + x);
    __stwb(reinterpret_cast<uint2*>(luma), filtered.luma[0]);
    if (hasLower) {
        __stwb(reinterpret_cast<uint2*>(luma + to.pitch), filtered.luma[1]);
    }
    if (WITH_CHROMA) {
        storeMeans(history.chroma + (row * history.chromaPitch + 2 * x), filtered.chromaMeans);
        uint8* cb = to.cb + (row * to.chromaPitch + x / 2);
        __stwb(reinterpret_cast<uint32*>(cb), filtered.cb);
        __stwb(reinterpret_cast<uint32*>(cb + to.crAt), filtered.cr);
    }
}

}  // namespace
