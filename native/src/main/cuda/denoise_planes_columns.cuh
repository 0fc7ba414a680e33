// What the lanes of a warp have of a row of blocks in the kernel for planes.
#pragma once
#include "types.cuh"

namespace {

constexpr int LANES = 32;
constexpr int GROUP = 8;                        // columns of a lane
constexpr int BLOCKS = GROUP / 2;               // blocks of 2 x 2 pixels of a lane
constexpr int STRIP = GROUP * LANES;           // columns of a strip
constexpr uint32 ALL = 0xFFFFFFFF;

// Means of eight numbers side by side, 16 bits each.
struct __align__(16) Means {
    uint32 at[GROUP / 2];
};

// A word for each of a lane's blocks.
struct __align__(16) Words {
    uint32 at[BLOCKS];
};

// The place of a lane's eight columns.
struct Columns {
    int left;                   // where the strip begins
    int x;                      // of the first that is read, within the picture
    int inside;                 // how many of those that are read the picture has
    int kept;                   // how many are the lane's own, none for a lane beyond an edge
    int substitute;             // which of them stands in place of those that are not
    bool first;                 // whether they are the picture's first ones
    bool last;
    bool owned;                 // whether the picture has any of them
    bool hasLeft;               // whether they begin a strip, and another one lies before it
    bool hasRight;              // whether they end a strip, and another one lies behind it
    bool hasOne;                // whether that one is a single column
};

// Lanes beyond the picture read its last columns.
__device__ __forceinline__ Columns columnsOf(int strip, int lane, int width) {
    const int x = STRIP * strip + GROUP * lane;
    const int lastGroup = (width - 1) & ~(GROUP - 1);
    Columns columns;
    columns.left = STRIP * strip;
    columns.x = min(x, lastGroup);
    columns.inside = min(width - columns.x, GROUP);
    columns.kept = x == columns.x ? columns.inside : 0;
    columns.substitute = columns.inside - 1;
    columns.first = x == 0;
    columns.last = x >= lastGroup;
    columns.owned = x <= lastGroup;
    columns.hasLeft = lane == 0 && strip > 0;
    columns.hasRight = lane == LANES - 1 && x < lastGroup;
    columns.hasOne = columns.hasRight && x + GROUP + 1 == width;
    return columns;
}

__device__ __forceinline__ int laneOfThread() { return threadIdx.x % LANES; }

}  // namespace
