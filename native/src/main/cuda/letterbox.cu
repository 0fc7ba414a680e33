// Letterbox, normalisation and layout in one pass: interleaved 8-bit pictures of any size to planar
// floating point, [batch, 3, outputHeight, outputWidth].
//
// Bilinear with half-pixel centres in OpenCV's 8-bit arithmetic (INTER_LINEAR: weights of 11 bits,
// the horizontal sum exact, the vertical one with its two truncations), so that a picture gives the
// same pixels here, on the CPU, and in the training framework. Padding is a constant. Normalisation is
// a table [3][256], channel and 8-bit value to number, filled by the host with the CPU's arithmetic.
//
// With ROUND_PIXELS 0 the picture is scaled in single precision instead, along rows first, and what
// comes out is normalised without being rounded, for networks whose training scales pictures so.
//
// Planar pictures are read as libjpeg would have made RGB of them: see picture.cuh.
//
// A block makes a tile of the network's input, in one of three ways: a tile without picture is filled with padding,
// one of a picture of a camera that becomes exactly half as large as letterbox_halved.cuh says, any other as
// letterbox_scaled.cuh does.
//
// Compiled with OUTPUT_HALF and ROUND_PIXELS 0 or 1, and TILE_ROWS 8 or 32. Launch: blocks of 32 x 8 threads, grid
// (width / 64, height / TILE_ROWS, batch), rounded up. The output begins at a multiple of 16 bytes.
#include "letterbox_halved.cuh"
#include "letterbox_output.cuh"
#include "letterbox_scaled.cuh"
#include "types.cuh"

#define BLOCKS_AN_SM 4

namespace {

#if ROUND_PIXELS
static_assert(BLOCK_THREADS == BYTE_VALUES, "a level for each thread");

// Fills the table of numbers by level, of the first plane to the last, or of the last to the first.
__device__ __forceinline__ void fill(Number* table, const float* normalized, bool reversed) {
    const int level = threadIdx.y * BLOCK_WIDTH + threadIdx.x;
#pragma unroll
    for (int i = 0; i < 3; i++) {
        const int channel = reversed ? 2 - i : i;
        table[BYTE_VALUES * i + level] =
            numberOf(__ldg(normalized + BYTE_VALUES * channel + level));
    }
}
#endif

__device__ __forceinline__ void pad(const LetterboxParameters& p, const float* normalized,
                                    Element* output, const Place& at) {
    Element* place = placeOf(output, p, at);
#pragma unroll
    for (int channel = 0; channel < 3; channel++) {
        const Number number = padding(p, normalized, channel);
        const NumberPair pair = pairOf(number, number);
        store(place + channel * planeSize(p), {{pair, pair, pair, pair}});
    }
}

#if ROUND_PIXELS
// What is on its way from memory arrives while the table is filled.
__device__ __forceinline__ void halveTile(const FrameDescriptor& frame,
                                          const LetterboxParameters& p, const float* normalized,
                                          Number* table, Element* output) {
    const Place at = groupOfThread();
    const int column = at.x - frame.padLeft;
    const int row = at.y - frame.padTop;
    const bool inside = hasGroup() && column >= 0 && column < frame.resizedWidth && row >= 0 &&
                        row < frame.resizedHeight;
    HalvedPixels pixels;
    if (inside) {
        pixels = readHalved(frame, column, row);
    }
    fill(table, normalized, p.swapRedBlue);
    __syncthreads();
    if (inside) {
        const Groups groups = halve(pixels, table);
        Element* place = placeOf(output, p, at);
        const long long plane = planeSize(p);
        store(p.swapRedBlue ? place + 2 * plane : place, groups.red);
        store(place + plane, groups.green);
        store(p.swapRedBlue ? place : place + 2 * plane, groups.blue);
    } else if (hasGroup() && isInOutput(p, at)) {
        pad(p, normalized, output, at);
    }
}
#endif

}  // namespace

extern "C" __global__ void __launch_bounds__(BLOCK_THREADS, BLOCKS_AN_SM)
    letterbox(const FrameDescriptor* __restrict__ frames, const LetterboxParameters parameters,
              const float* __restrict__ normalized, Element* __restrict__ output) {
    __shared__ Shared shared;
    __shared__ Number table[3 * BYTE_VALUES];
    const FrameDescriptor frame = frames[blockIdx.z];
    const Tile tile = tileOf(frame);
    if (!hasPicture(frame, tile) && parameters.outputWidth % GROUP == 0) {
        const Place at = groupOfThread();
        if (hasGroup() && isInOutput(parameters, at)) {
            pad(parameters, normalized, output, at);
        }
        return;
    }
#if ROUND_PIXELS
    if (isHalved(frame, parameters)) {
        halveTile(frame, parameters, normalized, table, output);
        return;
    }
    fill(table, normalized, false);
#endif
    workOut(shared.positions, frame, tile);
    __syncthreads();
    scaleTile(frame, parameters, tile, shared, table, output);
}
