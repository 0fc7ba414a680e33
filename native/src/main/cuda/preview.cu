// Pictures for people to look at: a picture of any layout, scaled down, to the planes that a JPEG
// encoder takes. Twins of PictureScaler.java, for the scaling, and of libjpeg's jccolor.c and
// jcsample.c, for what is made of its red, green and blue; all in the same integers.
//
// Each pixel of the preview is the mean of the area that it covers. Weights of an axis are 1024ths that
// add up to 1024: what rounding leaves over goes to the last source pixel. Chroma is halved in both
// directions, each sample the mean of four pixels; beyond an odd edge the last pixel stands in.
//
// Launch: blocks of 32 x 8 threads, one thread 2 x 2 pixels, grid (width / 64, height / 16), rounded
// up. The threads of a block work out the weights of its columns and rows once, in shared memory. The
// target has even rows, so that pairs of luma are aligned, and room for a last pair where the width is
// odd.
#include "picture.cuh"
#include "types.cuh"

#define BLOCK_WIDTH 32
#define BLOCK_HEIGHT 8
#define TILE_WIDTH (2 * BLOCK_WIDTH)
#define TILE_HEIGHT (2 * BLOCK_HEIGHT)

namespace {

constexpr int ONE = 1024;

// The source pixels under a pixel of the preview, along one axis.
struct Area {
    int first;
    int last;
    int firstWeight;    // where there is another
    int middleWeight;
    int lastWeight;
};

__device__ __forceinline__ Area areaOf(int pixel, int source, int target) {
    // In units of 1 / target of a source pixel, so that everything is an integer.
    const long long begin = (long long)pixel * source;
    const long long end = begin + source;
    const int first = (int)(begin / target);
    const int last = (int)((end - 1) / target);
    if (first == last) {
        return {first, last, 0, 0, ONE};
    }
    const int firstWeight = (int)((first + 1LL) * target - begin) * ONE / source;
    const int middleWeight = target * ONE / source;
    return {first, last, firstWeight, middleWeight,
            ONE - firstWeight - middleWeight * (last - first - 1)};
}

__device__ __forceinline__ int weightOf(const Area& area, int at) {
    return at == area.last ? area.lastWeight
                           : at == area.first ? area.firstWeight : area.middleWeight;
}

struct Source {
    const uint8* pixels;
    int pitch;
    int width;
    int height;
    int format;
};

__device__ __forceinline__ Pixel meanOf(const Source& source, const Area& columns, const Area& rows) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int y = rows.first; y <= rows.last; y++) {
        const int rowWeight = weightOf(rows, y);
        for (int x = columns.first; x <= columns.last; x++) {
            const int weight = rowWeight * weightOf(columns, x);
            const Pixel pixel = readPixel(source.pixels, source.pitch, source.width, source.height,
                                          source.format, x, y);
            red += weight * pixel.red;
            green += weight * pixel.green;
            blue += weight * pixel.blue;
        }
    }
    const int half = 1 << 19;
    return {(red + half) >> 20, (green + half) >> 20, (blue + half) >> 20};
}

// BT.601, full range, in libjpeg's 16-bit fixed point.
__device__ __forceinline__ int lumaOf(const Pixel& p) {
    return (19595 * p.red + 38470 * p.green + 7471 * p.blue + 32768) >> 16;
}

__device__ __forceinline__ int cbOf(const Pixel& p) {
    return (-11059 * p.red - 21709 * p.green + 32768 * p.blue + (128 << 16) + 32767) >> 16;
}

__device__ __forceinline__ int crOf(const Pixel& p) {
    return (32768 * p.red - 27439 * p.green - 5329 * p.blue + (128 << 16) + 32767) >> 16;
}

__device__ __forceinline__ void storePair(uint8* place, int first, int second) {
    *reinterpret_cast<uint16*>(place) = (uint16)(second << 8 | first);
}

}  // namespace

extern "C" __global__ void __launch_bounds__(BLOCK_WIDTH* BLOCK_HEIGHT)
    preview(const uint8* __restrict__ pixels, int pitch, int width, int height, int format,
            uint8* __restrict__ planes, int previewPitch, int previewWidth, int previewHeight) {
    __shared__ Area columns[TILE_WIDTH];
    __shared__ Area rows[TILE_HEIGHT];
    const int left = blockIdx.x * TILE_WIDTH;
    const int top = blockIdx.y * TILE_HEIGHT;
    const int thread = threadIdx.y * BLOCK_WIDTH + threadIdx.x;
    if (thread < TILE_WIDTH) {
        columns[thread] = areaOf(min(left + thread, previewWidth - 1), width, previewWidth);
    } else if (thread < TILE_WIDTH + TILE_HEIGHT) {
        const int row = thread - TILE_WIDTH;
        rows[row] = areaOf(min(top + row, previewHeight - 1), height, previewHeight);
    }
    __syncthreads();
    const int x = left + 2 * threadIdx.x;
    const int y = top + 2 * threadIdx.y;
    if (x >= previewWidth || y >= previewHeight) {
        return;
    }
    const Source source = {pixels, pitch, width, height, format};
    int cb = 0;
    int cr = 0;
    for (int row = 0; row < 2; row++) {
        const Area& down = rows[2 * threadIdx.y + row];
        const Pixel one = meanOf(source, columns[2 * threadIdx.x], down);
        const Pixel other = meanOf(source, columns[2 * threadIdx.x + 1], down);
        if (y + row < previewHeight) {
            storePair(planes + (long long)(y + row) * previewPitch + x, lumaOf(one), lumaOf(other));
        }
        cb += cbOf(one) + cbOf(other);
        cr += crOf(one) + crOf(other);
    }
    // A grey picture has luma alone: its red, green and blue give back the grey that they are.
    if (format != GRAY8) {
        const int bias = 1 + (x >> 1 & 1);
        const int chromaPitch = previewPitch >> 1;
        uint8* const chroma = planes + (long long)previewPitch * previewHeight +
                              (long long)(y >> 1) * chromaPitch + (x >> 1);
        chroma[0] = (uint8)((cb + bias) >> 2);
        chroma[(long long)chromaPitch * ((previewHeight + 1) >> 1)] = (uint8)((cr + bias) >> 2);
    }
}
