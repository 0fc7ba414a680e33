// What the lanes of a warp have of a row of blocks in the kernel for planes.
#pragma once
#include "types.cuh"

namespace {

constexpr int LANES = 32;
constexpr int GROUP = 8;                        // columns of a lane
constexpr int BLOCKS = GROUP / 2;               // blocks of 2 x 2 pixels of a lane
constexpr int STRIP = GROUP * (LANES - 2);      // columns from one strip to the next
constexpr uint32 ALL = 0xFFFFFFFF;

// Means of eight numbers side by side, 16 bits each.
struct __align__(16) Means {
    uint32 at[GROUP / 2];
};

// A word for each of a lane's blocks: sums of differences in their surroundings.
struct __align__(16) Sums {
    uint32 at[BLOCKS];
};

// The place of a lane's eight columns.
struct Columns {
    int left;                   // where the first lane of the strip begins
    int x;                      // of the first that is read, within the picture
    int inside;                 // how many of those that are read the picture has
    int kept;                   // how many are the lane's own, none for a lane beyond an edge
    int substitute;             // which of them stands in place of those that are not
    bool first;                 // whether they are the picture's first ones
    bool last;
    bool owned;                 // whether this lane filters them
};

// The first and the last lane of a strip read what the next strips filter.
__device__ __forceinline__ Columns columnsOf(int strip, int lane, int width) {
    const int x = STRIP * strip + GROUP * (lane - 1);
    const int lastGroup = (width - 1) & ~(GROUP - 1);
    Columns columns;
    columns.left = STRIP * strip - GROUP;
    columns.x = min(max(x, 0), lastGroup);
    columns.inside = min(width - columns.x, GROUP);
    columns.kept = x == columns.x ? columns.inside : 0;
    columns.substitute = x < 0 ? 0 : columns.inside - 1;
    columns.first = x <= 0;
    columns.last = x >= lastGroup;
    columns.owned = lane > 0 && lane < LANES - 1 && x <= lastGroup;
    return columns;
}

__device__ __forceinline__ int laneOfThread() { return threadIdx.x % LANES; }

}  // namespace
