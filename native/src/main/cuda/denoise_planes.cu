// Motion-adaptive noise reduction of pictures in planes, over time and space, which stay in planes. Twin of
// PlanesFilter.java, with the same bytes; the algorithm is described there and in docs/denoise.md.
//
// Traffic in DRAM of YUV420, bytes a pixel: 1.5 of the picture, 3 of history, 3 of new history, 1.5 of
// output: 9.
//
// Motion is told for blocks of 2 x 2 pixels. A warp filters a strip of 256 columns, 8 a lane, and walks down
// its rows of blocks: it sums the differences of each block in a row, of which those of two rows above are
// kept in registers, and filters the row above it, while the next one is on its way to shared memory. The first
// and the last lane read the nearest columns of the strips beside theirs, too. Lanes filter their own columns where these
// are settled and still; groups that are not are handed round, and filtered a block a lane
// (denoise_planes_moving.cuh). Nothing but the copies to shared memory reads global memory.
//
// Launch: blocks of 64 threads, the strips of a picture side by side and then in bands of so many rows, an
// even number, one below the other, 2 a block; grid (strips and bands of the largest picture / 2, pictures),
// rounded up. Shared memory: 8.7 KB a warp.
//
// A picture reads one history and writes another, since strips read their neighbours' pixels.
#include "denoise_planes_strip.cuh"

// As many as shared memory holds; before compute capability 9.0 it holds fewer.
#if __CUDA_ARCH__ >= 900
#define BLOCKS_AN_SM 12
#else
#define BLOCKS_AN_SM 9
#endif

namespace {

constexpr int WARPS = 2;

// Whether groups of 8 columns lie on whole words, and the last one of a row within its pitch.
__device__ __forceinline__ bool isAligned(const Picture& picture) {
    const Planes& from = picture.from;
    return picture.format == YUV420 && from.pitch % GROUP == 0 &&
           (int)from.pitch >= picture.width && reinterpret_cast<uint64>(from.luma) % GROUP == 0;
}

}  // namespace

extern "C" __global__ void __launch_bounds__(WARPS* LANES, BLOCKS_AN_SM)
    denoise_planes(const DenoisePicture* __restrict__ pictures, int first,
                   const DenoiseParameters* __restrict__ parameters, int rows) {
    __shared__ Shelf shelves[WARPS];
    __shared__ Parameters shared;
    __shared__ Picture picture;
    const int index = first + blockIdx.y;
    if (threadIdx.x < 4) {
        setParameters(parameters[index], shared, threadIdx.x);
    } else if (threadIdx.x == LANES) {
        picture = pictureOf(pictures[index]);
    }
    __syncthreads();
    const int strips = (picture.width + STRIP - 1) / STRIP;
    const int warp = threadIdx.x / LANES;
    const int unit = blockIdx.x * WARPS + warp;
    const int top = unit / strips * rows;
    if (top >= picture.height) {
        return;
    }
    const Columns columns = columnsOf(unit % strips, laneOfThread(), picture.width);
    if (isAligned(picture)) {
        Strip<Yuv420Way>(picture, shared, columns, shelves[warp]).filter(top / 2, rows / 2);
    } else {
        Strip<AnyWay>(picture, shared, columns, shelves[warp]).filter(top / 2, rows / 2);
    }
}
