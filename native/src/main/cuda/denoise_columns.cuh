// What a lane of the denoise kernel sees of a picture: four columns, of which rows pass by as four words.
#pragma once
#include "picture.cuh"
#include "types.cuh"

namespace {

constexpr int LANES = 32;
constexpr int STRIP = 4 * (LANES - 2);  // columns from one strip to the next
constexpr uint32 ALL = 0xFFFFFFFF;

struct __align__(16) Words {
    uint32 at[4];
};

// The place of a lane's four columns.
struct Columns {
    int x;                      // of the first, within the picture
    int inside;                 // how many of them the picture has
    bool first;                 // whether they are the picture's first ones
    bool last;
    bool owned;                 // whether this lane filters them
};

// The first and the last lane of a strip read what the next strips filter. So histories are written from
// one strip to the next in whole sectors of 32 bytes. Beyond the edges of the picture its outermost columns
// stand.
__device__ __forceinline__ Columns columnsOf(int strip, int lane, int width) {
    const int x = STRIP * strip + 4 * (lane - 1);
    const int lastGroup = (width - 1) & ~3;
    Columns columns;
    columns.x = min(max(x, 0), lastGroup);
    columns.inside = min(width - columns.x, 4);
    columns.first = x <= 0;
    columns.last = x >= lastGroup;
    columns.owned = lane > 0 && lane < LANES - 1 && x <= lastGroup;
    return columns;
}

__device__ __forceinline__ Words ring(const Words& words) {
    const uint4 four = *reinterpret_cast<const uint4*>(&words);
    return {{four.x, four.y, four.z, four.w}};
}

__device__ __forceinline__ void put(Words& place, const Words& words) {
    *reinterpret_cast<uint4*>(&place) = {words.at[0], words.at[1], words.at[2], words.at[3]};
}

// Of the last columns, those that the picture lacks equal the last one that it has.
__device__ __forceinline__ void extend(Words& four, int inside) {
#pragma unroll
    for (int i = 1; i < 4; i++) {
        four.at[i] = i < inside ? four.at[i] : four.at[i - 1];
    }
}

}  // namespace
