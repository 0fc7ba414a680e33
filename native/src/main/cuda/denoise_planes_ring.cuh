// The rows of blocks that a warp needs at a time, in rings in shared memory: three of pixels, the last two of
// them with their means, and those on their way.
//
// Cards from compute capability 8.0 on copy past the registers.
#pragma once
#include "denoise_planes_columns.cuh"

#ifndef ASYNC_COPIES
#define ASYNC_COPIES (__CUDA_ARCH__ >= 800)
#endif

namespace {

// Rows of blocks on their way while one is awaited and looked at. Another one costs 2.4 KB a warp, and so
// there is room for fewer warps.
constexpr int ROWS_AHEAD = 1;
constexpr int PIXEL_RING = ROWS_AHEAD + 3;
constexpr int MEANS_RING = ROWS_AHEAD + 2;

// A lane's columns have this place in a row: others of the next strips lie before and behind them.
__device__ __forceinline__ int placeOfLane(int lane) { return lane + 1; }

// Two rows of luma and one of halved chroma.
struct PixelRow {
    uint2 luma[2][LANES + 2];
    uint32 cb[LANES + 2];
    uint32 cr[LANES + 2];
};

// Of chroma, a lane has means of four samples of Cb, then of four of Cr.
struct MeansRow {
    Means luma[2][LANES + 2];
    Means chroma[LANES];
};

struct Rings {
    MeansRow means[MEANS_RING];
    PixelRow pixels[PIXEL_RING];
};

__device__ __forceinline__ int moved(int place, int by, int ring) {
    return place + by < ring ? place + by : place + by - ring;
}

// Which places hold the row that is filtered and those around it.
struct Places {
    int above;
    int own;
    int below;
    int ownMeans;
    int belowMeans;

    __device__ __forceinline__ Places()
        : above(PIXEL_RING - 2), own(PIXEL_RING - 1), below(0), ownMeans(MEANS_RING - 1),
          belowMeans(0) {}

    __device__ __forceinline__ void advance() {
        above = own;
        own = below;
        below = moved(below, 1, PIXEL_RING);
        ownMeans = belowMeans;
        belowMeans = moved(belowMeans, 1, MEANS_RING);
    }
};

// Copies so many bytes; they arrive before awaitRow() returns for their row.
template <int BYTES>
__device__ __forceinline__ void copyLater(void* place, const void* from) {
#if ASYNC_COPIES
    if (BYTES == 16) {
        asm volatile("cp.async.cg.shared.global [%0], [%1], 16;"
                     :: "r"((uint32)__cvta_generic_to_shared(place)), "l"(from) : "memory");
    } else {
        asm volatile("cp.async.ca.shared.global [%0], [%1], %2;"
                     :: "r"((uint32)__cvta_generic_to_shared(place)), "l"(from), "n"(BYTES)
                     : "memory");
    }
#else
    if (BYTES == 16) {
        *reinterpret_cast<uint4*>(place) = __ldcs(reinterpret_cast<const uint4*>(from));
    } else if (BYTES == 8) {
        *reinterpret_cast<uint2*>(place) = __ldcs(reinterpret_cast<const uint2*>(from));
    } else {
        *reinterpret_cast<uint32*>(place) = __ldg(reinterpret_cast<const uint32*>(from));
    }
#endif
}

__device__ __forceinline__ void endOfRow() {
#if ASYNC_COPIES
    asm volatile("cp.async.commit_group;" ::: "memory");
#endif
}

// Waits until all rows are there but the last ones that were requested, of all lanes.
__device__ __forceinline__ void awaitRow() {
#if ASYNC_COPIES
    asm volatile("cp.async.wait_group %0;" :: "n"(ROWS_AHEAD) : "memory");
#endif
    __syncwarp();
}

}  // namespace
