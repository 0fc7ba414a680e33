// What the letterbox kernel writes: numbers of the network's input, planes of [outputHeight, outputWidth]. Blocks of
// 32 x 8 threads have a tile of 64 x TILE_ROWS of them: 32 rows, or 8 where so few blocks leave multiprocessors without
// work, and what counts is how long one block takes. Where rows consist of whole groups of eight numbers, a thread can
// have one group of each plane to itself, and writes it in words of 16 bytes.
#pragma once
#include "types.cuh"

namespace {

constexpr int BLOCK_WIDTH = 32;
constexpr int BLOCK_HEIGHT = 8;
constexpr int BLOCK_THREADS = BLOCK_WIDTH * BLOCK_HEIGHT;
constexpr int TILE_WIDTH = 64;
constexpr int TILE_HEIGHT = TILE_ROWS;
constexpr int GROUP = 8;
constexpr int BYTE_VALUES = 256;

constexpr int GROUPS_A_ROW = TILE_WIDTH / GROUP;

static_assert(GROUPS_A_ROW * TILE_HEIGHT <= BLOCK_THREADS, "a thread for each group");

struct LetterboxParameters {
    int outputWidth;
    int outputHeight;
    int swapRedBlue;    // 1 where the model wants blue first
    int padValue;       // 0 to 255
    double scale;       // with ROUND_PIXELS 0: a level becomes scale * (level - offset) / deviation
    double offsets[3];
    double deviations[3];
};

// Number: an element as it waits in a register or in shared memory.
#if OUTPUT_HALF
typedef uint16 Element;
typedef uint32 Number;
typedef uint32 NumberPair;
__device__ __forceinline__ Number numberOf(float value) { return toHalf(value); }
__device__ __forceinline__ NumberPair pairOf(Number first, Number second) {
    return second << 16 | first;
}
#else
typedef float Element;
typedef float Number;
typedef float2 NumberPair;
__device__ __forceinline__ Number numberOf(float value) { return value; }
__device__ __forceinline__ NumberPair pairOf(Number first, Number second) {
    return {first, second};
}
#endif

// Numbers of eight pixels side by side, of one plane.
struct __align__(16) Group {
    NumberPair at[GROUP / 2];
};

// A pixel of the network's input.
struct Place {
    int x;
    int y;
};

// Whether there is a group for a thread.
__device__ __forceinline__ bool hasGroup() {
    const int thread = threadIdx.y * BLOCK_WIDTH + threadIdx.x;
    return GROUPS_A_ROW * TILE_HEIGHT == BLOCK_THREADS || thread < GROUPS_A_ROW * TILE_HEIGHT;
}

// The first pixel of the group that a thread has to itself.
__device__ __forceinline__ Place groupOfThread() {
    const int thread = threadIdx.y * BLOCK_WIDTH + threadIdx.x;
    return {(int)blockIdx.x * TILE_WIDTH + thread % GROUPS_A_ROW * GROUP,
            (int)blockIdx.y * TILE_HEIGHT + thread / GROUPS_A_ROW};
}

__device__ __forceinline__ bool isInOutput(const LetterboxParameters& p, const Place& at) {
    return at.x < p.outputWidth && at.y < p.outputHeight;
}

__device__ __forceinline__ long long planeSize(const LetterboxParameters& p) {
    return (long long)p.outputWidth * p.outputHeight;
}

// Where a pixel's number of the first plane goes.
__device__ __forceinline__ Element* placeOf(Element* output, const LetterboxParameters& p,
                                            const Place& at) {
    return output + 3 * planeSize(p) * blockIdx.z + (long long)at.y * p.outputWidth + at.x;
}

__device__ __forceinline__ void store(Element* place, const Group& group) {
    *reinterpret_cast<Group*>(place) = group;
}

}  // namespace
