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
// Planar pictures are read as libjpeg would have made RGB of them: see picture.cuh. An output pixel lies
// between two rows and two columns of pixels, whose chroma lies in three rows and three columns of samples.
//
// Compiled with OUTPUT_HALF and ROUND_PIXELS 0 or 1. Launch: blocks of 32 x 8 threads, one thread two output pixels
// side by side, grid (width / 64, height / 8, batch), rounded up. The threads of a block work out the positions of
// its columns and rows once, in shared memory.
#include "picture.cuh"
#include "types.cuh"

#define BLOCK_WIDTH 32
#define TILE_WIDTH 64
#define TILE_HEIGHT 8

#if OUTPUT_HALF
typedef uint16 Element;
__device__ __forceinline__ Element toElement(float value) { return toHalf(value); }
__device__ __forceinline__ void storePair(Element* place, float first, float second) {
    *reinterpret_cast<uint32*>(place) = (uint32)toHalf(second) << 16 | toHalf(first);
}
#else
typedef float Element;
__device__ __forceinline__ Element toElement(float value) { return value; }
__device__ __forceinline__ void storePair(Element* place, float first, float second) {
    *reinterpret_cast<float2*>(place) = {first, second};
}
#endif

struct LetterboxParameters {
    int outputWidth;
    int outputHeight;
    int swapRedBlue;    // 1 where the model wants blue first
    int padValue;       // 0 to 255
    double scale;       // with ROUND_PIXELS 0: a level becomes scale * (level - offset) / deviation
    double offsets[3];
    double deviations[3];
};

// Position of an output pixel between two source pixels: their indices, and their weights in 2048ths.
// Beyond the edge both are the pixel at the edge, with their weights as they are: the vertical sum
// truncates each of its terms, and would differ by 1 otherwise.
struct Taps {
    int first;
    int second;
    int firstWeight;
    int secondWeight;
    float fraction;     // how far it lies from the first to the second
};

__device__ __forceinline__ Taps taps(int target, int sourceSize, int targetSize) {
    const double scale = 1.0 / ((double)targetSize / sourceSize);
    const float position = (float)((target + 0.5) * scale - 0.5);
    const int index = (int)floorf(position);
    const float fraction = position - index;
    const int last = sourceSize - 1;
    return {min(max(index, 0), last), min(max(index + 1, 0), last),
            __float2int_rn((1.0f - fraction) * 2048.0f), __float2int_rn(fraction * 2048.0f), fraction};
}

// The four pixels that an output pixel lies between: of the upper row, then of the lower.
struct Corners {
    Pixel at[4];
};

__device__ __forceinline__ Corners corners(const FrameDescriptor& frame, const Taps& x,
                                           const Taps& y) {
    const uint8* pixels = reinterpret_cast<const uint8*>(frame.pixels);
    const auto load = [&](int column, int row) {
        return readPixel(pixels, frame.pitch, frame.width, frame.height, frame.format, column, row);
    };
    return {load(x.first, y.first), load(x.second, y.first), load(x.first, y.second),
            load(x.second, y.second)};
}

// Chroma at the four pixels, of planes that are halved in both directions and have three columns or more.
__device__ __forceinline__ void chroma420(const uint8* plane, const ChromaPlanes& planes, const Taps& x,
                                          const Taps& y, int values[4]) {
    const int column = (x.first - 1) >> 1;
    const int columns[3] = {max(column, 0), min(column + 1, planes.lastColumn),
                            min(column + 2, planes.lastColumn)};
    const int row = (y.first - 1) >> 1;
    const uint8* top = plane + (long long)max(row, 0) * planes.pitch;
    const uint8* middle = plane + (long long)min(row + 1, planes.lastRow) * planes.pitch;
    const bool oddRow = y.first & 1;
    // An odd row lies between the first two rows of samples, nearer to the first, and the row below it
    // nearer to the second. An even one lies between the same two, the row below it between the others.
    const uint8* other =
        oddRow ? top : plane + (long long)min(row + 2, planes.lastRow) * planes.pitch;
    int upper[3];
    int lower[3];
#pragma unroll
    for (int i = 0; i < 3; i++) {
        const int a = top[columns[i]];
        const int b = middle[columns[i]];
        const int c = other[columns[i]];
        upper[i] = oddRow ? 3 * a + b : 3 * b + a;
        lower[i] = y.second == y.first ? upper[i] : 3 * b + c;
    }
    const bool oddColumn = x.first & 1;
    const bool oneColumn = x.second == x.first;
#pragma unroll
    for (int i = 0; i < 2; i++) {
        const int* sums = i == 0 ? upper : lower;
        const int left = (oddColumn ? 3 * sums[0] + sums[1] + 7 : 3 * sums[1] + sums[0] + 8) >> 4;
        const int right = (3 * sums[1] + (oddColumn ? sums[0] + 8 : sums[2] + 7)) >> 4;
        values[2 * i] = left;
        values[2 * i + 1] = oneColumn ? left : right;
    }
}

__device__ __forceinline__ Corners corners420(const FrameDescriptor& frame, const ChromaPlanes& planes,
                                              const Taps& x, const Taps& y) {
    int cb[4];
    int cr[4];
    chroma420(planes.cb, planes, x, y, cb);
    chroma420(planes.cr, planes, x, y, cr);
    const uint8* upper =
        reinterpret_cast<const uint8*>(frame.pixels) + (long long)y.first * frame.pitch;
    const uint8* lower =
        reinterpret_cast<const uint8*>(frame.pixels) + (long long)y.second * frame.pitch;
    return {fromJpeg(upper[x.first], cb[0], cr[0]), fromJpeg(upper[x.second], cb[1], cr[1]),
            fromJpeg(lower[x.first], cb[2], cr[2]), fromJpeg(lower[x.second], cb[3], cr[3])};
}

#if ROUND_PIXELS
typedef int Level;

__device__ __forceinline__ Level blend(int a, int b, int c, int d, const Taps& x, const Taps& y) {
    const int upper = a * x.firstWeight + b * x.secondWeight;
    const int lower = c * x.firstWeight + d * x.secondWeight;
    return (((y.firstWeight * (upper >> 4)) >> 16) + ((y.secondWeight * (lower >> 4)) >> 16) + 2) >>
           2;
}

__device__ __forceinline__ float number(const LetterboxParameters& p, const float* normalized,
                                        int channel, Level level) {
    return __ldg(normalized + 256 * channel + level);
}
#else
typedef float Level;

__device__ __forceinline__ Level blend(int a, int b, int c, int d, const Taps& x, const Taps& y) {
    const float upper = a + (b - a) * x.fraction;
    const float lower = c + (d - c) * x.fraction;
    return upper + (lower - upper) * y.fraction;
}

__device__ __forceinline__ float number(const LetterboxParameters& p, const float* normalized,
                                        int channel, Level level) {
    return (float)(p.scale * ((double)level - p.offsets[channel]) / p.deviations[channel]);
}
#endif

struct Levels {
    Level red;
    Level green;
    Level blue;
};

__device__ __forceinline__ Levels blend(const Corners& c, const Taps& x, const Taps& y) {
    return {blend(c.at[0].red, c.at[1].red, c.at[2].red, c.at[3].red, x, y),
            blend(c.at[0].green, c.at[1].green, c.at[2].green, c.at[3].green, x, y),
            blend(c.at[0].blue, c.at[1].blue, c.at[2].blue, c.at[3].blue, x, y)};
}

// Red, green and blue of an output pixel, as the model wants them.
struct Numbers {
    float at[3];
};

__device__ __forceinline__ Numbers numbers(const LetterboxParameters& p, const float* normalized,
                                           const Levels& levels) {
    const Level first = p.swapRedBlue ? levels.blue : levels.red;
    const Level last = p.swapRedBlue ? levels.red : levels.blue;
    return {number(p, normalized, 0, first), number(p, normalized, 1, levels.green),
            number(p, normalized, 2, last)};
}

extern "C" __global__ void __launch_bounds__(BLOCK_WIDTH* TILE_HEIGHT)
    letterbox(const FrameDescriptor* __restrict__ frames, const LetterboxParameters parameters,
              const float* __restrict__ normalized, Element* __restrict__ output) {
    __shared__ Taps columns[TILE_WIDTH];
    __shared__ Taps rows[TILE_HEIGHT];
    const FrameDescriptor frame = frames[blockIdx.z];
    const int left = blockIdx.x * TILE_WIDTH - frame.padLeft;
    const int top = blockIdx.y * TILE_HEIGHT - frame.padTop;
    const int thread = threadIdx.y * BLOCK_WIDTH + threadIdx.x;
    if (frame.width > 0 && thread < TILE_WIDTH) {
        columns[thread] = taps(left + thread, frame.width, frame.resizedWidth);
    } else if (frame.width > 0 && thread < TILE_WIDTH + TILE_HEIGHT) {
        rows[thread - TILE_WIDTH] =
            taps(top + thread - TILE_WIDTH, frame.height, frame.resizedHeight);
    }
    __syncthreads();
    const int x = blockIdx.x * TILE_WIDTH + 2 * threadIdx.x;
    const int y = blockIdx.y * TILE_HEIGHT + threadIdx.y;
    if (x >= parameters.outputWidth || y >= parameters.outputHeight) {
        return;
    }
    const int insideY = top + threadIdx.y;
    const bool rowInside = frame.width > 0 && insideY >= 0 && insideY < frame.resizedHeight;
    const bool planar = frame.format == YUV420 && frame.width > 4;
    const ChromaPlanes planes = chromaOf(reinterpret_cast<const uint8*>(frame.pixels), frame.pitch,
                                         frame.width, frame.height, frame.format);
    const Level padding = parameters.padValue;
    Numbers pair[2];
#pragma unroll
    for (int i = 0; i < 2; i++) {
        Levels levels = {padding, padding, padding};
        const int column = 2 * threadIdx.x + i;
        if (rowInside && left + column >= 0 && left + column < frame.resizedWidth) {
            const Taps across = columns[column];
            const Taps down = rows[threadIdx.y];
            levels = blend(planar ? corners420(frame, planes, across, down)
                                  : corners(frame, across, down),
                           across, down);
        }
        pair[i] = numbers(parameters, normalized, levels);
    }
    const long long plane = (long long)parameters.outputWidth * parameters.outputHeight;
    Element* place = output + 3 * plane * blockIdx.z + (long long)y * parameters.outputWidth + x;
    // With an even width pairs are aligned, and none ends beyond the row.
    if ((parameters.outputWidth & 1) == 0) {
#pragma unroll
        for (int channel = 0; channel < 3; channel++) {
            storePair(place + channel * plane, pair[0].at[channel], pair[1].at[channel]);
        }
        return;
    }
    const int count = min(2, parameters.outputWidth - x);
    for (int channel = 0; channel < 3; channel++) {
        for (int i = 0; i < count; i++) {
            place[channel * plane + i] = toElement(pair[i].at[channel]);
        }
    }
}
