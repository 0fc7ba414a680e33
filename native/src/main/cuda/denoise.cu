// Noise reduction of the pictures of a batch that are interleaved pixels, and belong to different cameras;
// denoise_planes.cu is for those in planes. A temporal mean for each pixel that is still, a bilateral filter of
// 3 x 3 pixels where there is motion. Twin of PictureFilter.java, in the same integers; the algorithm is
// described there and in docs/denoise.md.
//
// Traffic in DRAM, bytes a pixel: 3 of the picture, 4 of history, 4 of new history, 3 of output: 14.
//
// A warp filters a strip of 120 columns, 4 a lane, and walks down its rows: it reads a row of pixels
// and history two rows below the one that it filters, while those below are on their way: two rows of pixels
// in registers, four of history in shared memory. Rows that are needed again lie in rings in shared memory,
// where each lane looks at its own columns alone; what it needs of neighbours comes by shuffles. The first
// and the last lane read columns of the next strips, and filter none. Where nothing moves and all means are
// settled, which a warp finds out for a row of its strip as a whole, most of the work is left out; few pixels of
// a row that are an exception are filtered one a lane (denoise_few.cuh).
//
// Launch: blocks of 64 threads, the strips of a picture side by side and then in bands of so many rows, an
// even number, one below the other, 2 a block; grid (strips and bands of the largest picture / 2, pictures),
// rounded up. Shared memory: 8.8 KB a warp.
//
// A picture reads one history and writes another, since strips read their neighbours' pixels.
#include "denoise_strip.cuh"

namespace {

constexpr int WARPS = 2;
constexpr int BLOCKS_AN_SM = 12;        // as many as shared memory holds

// Whether groups of 4 pixels lie on whole words and wholly within or without the picture.
__device__ __forceinline__ bool isAligned(const DenoisePicture& picture) {
    return picture.width % 4 == 0 && picture.pitch % 4 == 0 && picture.pixels % 4 == 0;
}

}  // namespace

extern "C" __global__ void __launch_bounds__(WARPS* LANES, BLOCKS_AN_SM)
    denoise(const DenoisePicture* __restrict__ pictures, int first,
            const DenoiseParameters* __restrict__ parameters, int rows) {
    __shared__ Rings rings[WARPS];
    __shared__ Parameters shared;
    const int index = first + blockIdx.y;
    const DenoisePicture picture = pictures[index];
    if (threadIdx.x < 4) {
        setParameters(parameters[index], shared, threadIdx.x);
    }
    __syncthreads();
    const int strips = (picture.width + STRIP - 1) / STRIP;
    const int warp = threadIdx.x / LANES;
    const int unit = blockIdx.x * WARPS + warp;
    const int top = unit / strips * rows;
    if (top >= picture.height) {
        return;
    }
    const Columns columns = columnsOf(unit % strips, threadIdx.x % LANES, picture.width);
    if (isAligned(picture)) {
        filterStrip<RgbRows>(picture, shared, columns, rings[warp], top, rows);
    } else {
        filterStrip<AnyRows>(picture, shared, columns, rings[warp], top, rows);
    }
}
