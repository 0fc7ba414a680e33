// How the denoise kernel reads histories: two rows at a time into a ring in shared memory, of which each
// lane looks at its own columns alone, so that nothing waits for other lanes.
//
// Cards from compute capability 8.0 on copy past the registers: four rows are on their way while two are
// looked at. Older ones hold the next two rows in registers.
#pragma once
#include "denoise_columns.cuh"
#include "denoise_input.cuh"

#ifndef ASYNC_COPIES
#define ASYNC_COPIES (__CUDA_ARCH__ >= 800)
#endif

namespace {

// Rows: two that are filtered, two new ones, and those on their way to shared memory.
constexpr int HISTORY_RING = ASYNC_COPIES ? 8 : 4;

struct HistoryRing {
    Words rows[HISTORY_RING][LANES];
};

__device__ __forceinline__ Words& placeOf(HistoryRing& ring, int row) {
    return ring.rows[row & (HISTORY_RING - 1)][threadIdx.x % LANES];
}

#if ASYNC_COPIES
__device__ __forceinline__ void copyLater(Words& place, const uint32* words) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;"
                 :: "r"((uint32)__cvta_generic_to_shared(&place)), "l"(words) : "memory");
}

__device__ __forceinline__ void endOfGroup() {
    asm volatile("cp.async.commit_group;" ::: "memory");
}

// Waits until all copies but those of the last two groups are done.
__device__ __forceinline__ void awaitAllButTwoGroups() {
    asm volatile("cp.async.wait_group 2;" ::: "memory");
}
#endif

// Rows of history in their order; those of a picture that begins anew are 0.
struct HistoryRows {
    const uint32* words;
    int pitch;
    int lastRow;
    int end;                    // the first row, from the top of the band on, that is not needed
#if !ASYNC_COPIES
    Words upper;
    Words lower;
#endif

    // From row y of the picture on, so many rows.
    __device__ __forceinline__ HistoryRows(const DenoisePicture& picture, const Columns& columns,
                                           bool fresh, int y, int count, HistoryRing& ring)
        : words(reinterpret_cast<const uint32*>(picture.history) + columns.x),
          pitch(picture.historyPitch), lastRow(picture.height - 1), end(fresh ? 0 : count) {
        if (fresh) {
#pragma unroll
            for (int i = 0; i < HISTORY_RING; i++) {
                put(placeOf(ring, i), {{0, 0, 0, 0}});
            }
        }
#if ASYNC_COPIES
        request(ring, 0, y);
        request(ring, 2, y + 2);
#else
        upper = {{0, 0, 0, 0}};
        lower = {{0, 0, 0, 0}};
        request(ring, 0, y);
#endif
    }

    __device__ __forceinline__ const uint32* row(int y) const {
        return words + (long long)within(y, lastRow) * pitch;
    }

    // Makes sure that row i and the one below it, which are row y of the picture and the one below it, lie
    // in the ring; i is even.
    __device__ __forceinline__ void advance(HistoryRing& ring, int i, int y) {
#if ASYNC_COPIES
        request(ring, i + 4, y + 4);
        awaitAllButTwoGroups();
#else
        put(placeOf(ring, i), upper);
        put(placeOf(ring, i + 1), lower);
        request(ring, i + 2, y + 2);
#endif
    }

    __device__ __forceinline__ void request(HistoryRing& ring, int i, int y) {
        if (i < end) {
#if ASYNC_COPIES
            copyLater(placeOf(ring, i), row(y));
            copyLater(placeOf(ring, i + 1), row(y + 1));
#else
            upper = loadRow(y);
            lower = loadRow(y + 1);
#endif
        }
#if ASYNC_COPIES
        endOfGroup();
#endif
    }

    __device__ __forceinline__ Words loadRow(int y) const {
        const uint4 four = __ldcs(reinterpret_cast<const uint4*>(row(y)));
        return {{four.x, four.y, four.z, four.w}};
    }
};

}  // namespace
