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
// Planar pictures are read as libjpeg would have made RGB of them: see picture.cuh. Those of cameras, with
// chroma halved in both directions, have a way of their own, with the same integers: the threads of a row,
// a warp, share the vertical part of the interpolation in shared memory, Cb and Cr lie side by side
// in one register, and so do the pixels of a pair of columns. Interleaved ones whose rows begin at whole words
// are read by words as well, three for the two pixels of a row instead of six bytes.
//
// Compiled with OUTPUT_HALF and ROUND_PIXELS 0 or 1. Launch: blocks of 32 x 8 threads, one thread two output pixels
// side by side, grid (width / 64, height / 8, batch), rounded up. The threads of a block work out the positions of
// its columns and rows once, in shared memory.
#include "picture.cuh"
#include "types.cuh"

#define BLOCK_WIDTH 32
#define TILE_WIDTH 64
#define TILE_HEIGHT 8
#define BLOCKS_AN_SM 4

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

// Of a column of chroma samples: three parts of the nearer row and one of the other, for the upper and
// the lower of the two rows of pixels. Cb in the lower half, Cr in the upper; at most 1020 each.
struct ChromaSums {
    uint32 upper;
    uint32 lower;
};

// Columns of samples that a tile may need in the shared way: pictures up to seven times as wide as they
// become. Larger ones are read pixel by pixel.
#define MAX_COLUMNS 232

__device__ __forceinline__ uint32 samples(const ChromaPlanes& planes, int row, int column) {
    const long long at = (long long)row * planes.pitch + column;
    return planes.cb[at] | (uint32)planes.cr[at] << 16;
}

// The sums of a column, of which the three rows around the two rows of pixels are looked at.
__device__ __forceinline__ ChromaSums chromaSums(const ChromaPlanes& planes, int column, const Taps& y) {
    const int row = (y.first - 1) >> 1;
    const uint32 top = samples(planes, max(row, 0), column);
    const uint32 middle = samples(planes, min(row + 1, planes.lastRow), column);
    // An odd row lies between the first two rows of samples, nearer to the first, and the row below it
    // nearer to the second. An even one lies between the same two, the row below it between the others.
    if (y.first & 1) {
        const uint32 upper = 3 * top + middle;
        return {upper, y.second == y.first ? upper : 3 * middle + top};
    }
    const uint32 bottom = samples(planes, min(row + 2, planes.lastRow), column);
    const uint32 upper = 3 * middle + top;
    return {upper, y.second == y.first ? upper : 3 * middle + bottom};
}

// Three parts of the nearer column and one of the other.
__device__ __forceinline__ ChromaPair between(uint32 first, uint32 second, uint32 third, const Taps& x) {
    const bool odd = x.first & 1;
    const uint32 left =
        odd ? 3 * first + second + 0x00070007 : 3 * second + first + 0x00080008;
    const uint32 right = 3 * second + (odd ? first + 0x00080008 : third + 0x00070007);
    return {left, x.second == x.first ? left : right};
}

__device__ __forceinline__ uint32 lumaPair(const uint8* row, const Taps& x) {
    return row[x.first] | (uint32)row[x.second] << 16;
}

// The four pixels of a picture with halved chroma, a byte each, in the order of Corners.
struct PackedCorners {
    uint32 at[3];
};

__device__ __forceinline__ PackedCorners corners420(const uint8* upperRow, const uint8* lowerRow,
                                                    const ChromaSums* sums, const Taps& x) {
    const ColourPair upper =
        fromJpeg(lumaPair(upperRow, x), between(sums[0].upper, sums[1].upper, sums[2].upper, x));
    const ColourPair lower =
        fromJpeg(lumaPair(lowerRow, x), between(sums[0].lower, sums[1].lower, sums[2].lower, x));
    return {__byte_perm(upper.at[0], lower.at[0], 0x6420),
            __byte_perm(upper.at[1], lower.at[1], 0x6420),
            __byte_perm(upper.at[2], lower.at[2], 0x6420)};
}

// The bytes of two pixels side by side, of which only the first is looked at where the second is the same:
// red of both, then green of both and blue of both, if red comes first.
struct PixelPair {
    uint32 outer;               // in the lowest byte and in the highest
    uint32 others;
};

// Reads no word in which there is no byte of the two, so nothing beyond the picture's memory.
__device__ __forceinline__ PixelPair pixelPair(const uint8* row, const Taps& x) {
    const uint32* words = reinterpret_cast<const uint32*>(row);
    const int offset = 3 * x.first;
    const int at = offset >> 2;
    const int last = (3 * x.second + 2) >> 2;
    const uint32 middle = __ldg(words + min(at + 1, last));
    const uint32 lower = __funnelshift_r(__ldg(words + at), middle, 8 * offset);
    const uint32 upper = __funnelshift_r(middle, __ldg(words + min(at + 2, last)), 8 * offset);
    if (x.second == x.first) {
        return {lower << 24 | (lower & 0xFF), __byte_perm(lower, 0, 0x2211)};
    }
    return {lower, __byte_perm(lower, upper, 0x5241)};
}

// The four pixels of a picture of RGB8 or BGR8 whose rows begin at whole words.
__device__ __forceinline__ PackedCorners cornersOfWords(const uint8* upperRow,
                                                        const uint8* lowerRow, const Taps& x,
                                                        bool blueFirst) {
    const PixelPair upper = pixelPair(upperRow, x);
    const PixelPair lower = pixelPair(lowerRow, x);
    const uint32 first = __byte_perm(upper.outer, lower.outer, 0x7430);
    const uint32 green = __byte_perm(upper.others, lower.others, 0x5410);
    const uint32 last = __byte_perm(upper.others, lower.others, 0x7632);
    return {blueFirst ? last : first, green, blueFirst ? first : last};
}

__device__ __forceinline__ bool hasWholeWords(const FrameDescriptor& frame) {
    return (frame.format == RGB8 || frame.format == BGR8) && frame.pitch % 4 == 0 &&
           frame.pixels % 4 == 0;
}

#if ROUND_PIXELS
typedef int Level;

__device__ __forceinline__ Level blend(int a, int b, int c, int d, const Taps& x, const Taps& y) {
    const int upper = a * x.firstWeight + b * x.secondWeight;
    const int lower = c * x.firstWeight + d * x.secondWeight;
    return (((y.firstWeight * (upper >> 4)) >> 16) + ((y.secondWeight * (lower >> 4)) >> 16) + 2) >>
           2;
}

// The same of packed pixels.
__device__ __forceinline__ Level blend(uint32 corners, const Taps& x, const Taps& y) {
    const uint32 weights = x.firstWeight | (uint32)x.secondWeight << 16;
    const uint32 upper = __dp2a_lo(weights, corners, 0u);
    const uint32 lower = __dp2a_hi(weights, corners, 0u);
    return (__umulhi((uint32)y.firstWeight << 16, upper >> 4) +
            __umulhi((uint32)y.secondWeight << 16, lower >> 4) + 2) >> 2;
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

__device__ __forceinline__ Level blend(uint32 corners, const Taps& x, const Taps& y) {
    return blend(corners & 0xFF, corners >> 8 & 0xFF, corners >> 16 & 0xFF, corners >> 24, x, y);
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

__device__ __forceinline__ Levels blend(const PackedCorners& c, const Taps& x, const Taps& y) {
    return {blend(c.at[0], x, y), blend(c.at[1], x, y), blend(c.at[2], x, y)};
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

// The sums of the columns around a tile's part of the picture, by the threads of a row.
__device__ __forceinline__ void shareSums(ChromaSums* sums, const ChromaPlanes& planes, int first,
                                          int count, const Taps& y) {
    for (int i = threadIdx.x; i < count; i += BLOCK_WIDTH) {
        sums[i] = chromaSums(planes, min(max(first + i, 0), planes.lastColumn), y);
    }
    __syncwarp();
}

extern "C" __global__ void __launch_bounds__(BLOCK_WIDTH* TILE_HEIGHT, BLOCKS_AN_SM)
    letterbox(const FrameDescriptor* __restrict__ frames, const LetterboxParameters parameters,
              const float* __restrict__ normalized, Element* __restrict__ output) {
    __shared__ Taps columns[TILE_WIDTH];
    __shared__ Taps rows[TILE_HEIGHT];
    __shared__ ChromaSums chroma[TILE_HEIGHT][MAX_COLUMNS];
    const FrameDescriptor frame = frames[blockIdx.z];
    const uint8* pixels = reinterpret_cast<const uint8*>(frame.pixels);
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
    const int y = blockIdx.y * TILE_HEIGHT + threadIdx.y;
    const int insideY = top + threadIdx.y;
    const bool rowInside = frame.width > 0 && insideY >= 0 && insideY < frame.resizedHeight;
    const Taps down = rows[threadIdx.y];
    const ChromaPlanes planes =
        chromaOf(pixels, frame.pitch, frame.width, frame.height, frame.format);
    // Columns of the tile that the picture has; of samples, those around their pixels.
    const int firstInside = max(-left, 0);
    const int lastInside = min(frame.resizedWidth - left, TILE_WIDTH) - 1;
    const int firstSample = firstInside <= lastInside ? (columns[firstInside].first - 1) >> 1 : 0;
    const int sampleCount =
        firstInside <= lastInside ? ((columns[lastInside].first - 1) >> 1) + 3 - firstSample : 0;
    const bool shared = rowInside && frame.format == YUV420 && planes.lastColumn >= 2 &&
                        sampleCount <= MAX_COLUMNS;
    if (shared) {
        shareSums(chroma[threadIdx.y], planes, firstSample, sampleCount, down);
    }
    const int x = blockIdx.x * TILE_WIDTH + 2 * threadIdx.x;
    if (x >= parameters.outputWidth || y >= parameters.outputHeight) {
        return;
    }
    const bool wholeWords = hasWholeWords(frame);
    const uint8* upperRow = pixels + (long long)down.first * frame.pitch;
    const uint8* lowerRow = pixels + (long long)down.second * frame.pitch;
    const Level padding = parameters.padValue;
    Numbers pair[2];
#pragma unroll
    for (int i = 0; i < 2; i++) {
        Levels levels = {padding, padding, padding};
        const int column = 2 * threadIdx.x + i;
        if (rowInside && column >= firstInside && column <= lastInside) {
            const Taps across = columns[column];
            if (shared) {
                const int sample = ((across.first - 1) >> 1) - firstSample;
                levels = blend(corners420(upperRow, lowerRow, chroma[threadIdx.y] + sample, across),
                               across, down);
            } else if (wholeWords) {
                levels = blend(
                    cornersOfWords(upperRow, lowerRow, across, frame.format == BGR8), across, down);
            } else {
                levels = blend(corners(frame, across, down), across, down);
            }
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
