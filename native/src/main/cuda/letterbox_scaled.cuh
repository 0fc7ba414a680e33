// The letterbox of pictures of any layout and size.
//
// Pictures of cameras, with chroma halved in both directions, have a way of their own, with the same integers: the
// threads of a row, a warp, share the vertical part of the interpolation in shared memory, Cb and Cr lie side by side
// in one register, and so do the pixels of a pair of columns. Interleaved ones whose rows begin at whole words
// are read by words as well, three for the two pixels of a row instead of six bytes.
//
// A thread makes two pixels side by side in every eighth row of a tile.
#pragma once
#include "letterbox_output.cuh"
#include "picture.cuh"

namespace {

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
    return __ldg(planes.cb + at) | (uint32)__ldg(planes.cr + at) << 16;
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
    return __ldg(row + x.first) | (uint32)__ldg(row + x.second) << 16;
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

// The table of numbers by level, in shared memory.
__device__ __forceinline__ Number number(const LetterboxParameters& p, const Number* table,
                                         int channel, Level level) {
    return table[BYTE_VALUES * channel + level];
}

__device__ __forceinline__ Number padding(const LetterboxParameters& p, const float* normalized,
                                          int channel) {
    return numberOf(__ldg(normalized + BYTE_VALUES * channel + p.padValue));
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

__device__ __forceinline__ Number number(const LetterboxParameters& p, const Number*, int channel,
                                         Level level) {
    return numberOf(
        (float)(p.scale * ((double)level - p.offsets[channel]) / p.deviations[channel]));
}

__device__ __forceinline__ Number padding(const LetterboxParameters& p, const float*,
                                          int channel) {
    return number(p, nullptr, channel, p.padValue);
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
    Number at[3];
};

__device__ __forceinline__ Numbers numbers(const LetterboxParameters& p, const Number* table,
                                           const Levels& levels) {
    const Level first = p.swapRedBlue ? levels.blue : levels.red;
    const Level last = p.swapRedBlue ? levels.red : levels.blue;
    return {number(p, table, 0, first), number(p, table, 1, levels.green),
            number(p, table, 2, last)};
}

// The sums of the columns around a tile's part of the picture, by the threads of a row.
__device__ __forceinline__ void shareSums(ChromaSums* sums, const ChromaPlanes& planes, int first,
                                          int count, const Taps& y) {
    for (int i = threadIdx.x; i < count; i += BLOCK_WIDTH) {
        sums[i] = chromaSums(planes, min(max(first + i, 0), planes.lastColumn), y);
    }
    __syncwarp();
}

// Where a tile's columns and rows come from. A block works it out once.
struct Positions {
    Taps columns[TILE_WIDTH];
    Taps rows[TILE_HEIGHT];
};

// A tile in coordinates of the scaled picture, and which of its columns the picture has.
struct Tile {
    int left;
    int top;
    int firstInside;
    int lastInside;
};

__device__ __forceinline__ Tile tileOf(const FrameDescriptor& frame) {
    const int left = blockIdx.x * TILE_WIDTH - frame.padLeft;
    const int top = blockIdx.y * TILE_HEIGHT - frame.padTop;
    return {left, top, max(-left, 0), min(frame.resizedWidth - left, TILE_WIDTH) - 1};
}

__device__ __forceinline__ bool hasPicture(const FrameDescriptor& frame, const Tile& tile) {
    return frame.width > 0 && tile.firstInside <= tile.lastInside && tile.top + TILE_HEIGHT > 0 &&
           tile.top < frame.resizedHeight;
}

__device__ __forceinline__ void workOut(Positions& positions, const FrameDescriptor& frame,
                                        const Tile& tile) {
    const int thread = threadIdx.y * BLOCK_WIDTH + threadIdx.x;
    if (frame.width == 0) {
        return;
    }
    if (thread < TILE_WIDTH) {
        positions.columns[thread] = taps(tile.left + thread, frame.width, frame.resizedWidth);
    } else if (thread < TILE_WIDTH + TILE_HEIGHT) {
        const int row = thread - TILE_WIDTH;
        positions.rows[row] = taps(tile.top + row, frame.height, frame.resizedHeight);
    }
}

// What the threads of a block share.
struct Shared {
    Positions positions;
    ChromaSums chroma[BLOCK_HEIGHT][MAX_COLUMNS];
};

// A row of the picture: the two rows it lies between, and their sums of samples where they are shared.
struct ScaledRow {
    Taps down;
    const uint8* upper;
    const uint8* lower;
    const ChromaSums* sums;     // null: each pixel is read for itself
    int firstSample;
};

// Has the threads of a row work out the sums of the columns around the picture's part of a tile, if it is a picture
// for which that is the way.
__device__ __forceinline__ ScaledRow scaledRow(const FrameDescriptor& frame, const Tile& tile,
                                               const Taps& down, Shared& shared) {
    const uint8* pixels = reinterpret_cast<const uint8*>(frame.pixels);
    const ChromaPlanes planes =
        chromaOf(pixels, frame.pitch, frame.width, frame.height, frame.format);
    const Taps* columns = shared.positions.columns;
    const int first = (columns[tile.firstInside].first - 1) >> 1;
    const int count = ((columns[tile.lastInside].first - 1) >> 1) + 3 - first;
    const bool shares =
        frame.format == YUV420 && planes.lastColumn >= 2 && count <= MAX_COLUMNS;
    ChromaSums* sums = shared.chroma[threadIdx.y];
    if (shares) {
        shareSums(sums, planes, first, count, down);
    }
    return {down, pixels + (long long)down.first * frame.pitch,
            pixels + (long long)down.second * frame.pitch, shares ? sums : nullptr, first};
}

__device__ __forceinline__ Levels scaledPixel(const FrameDescriptor& frame, const ScaledRow& row,
                                              const Taps& across) {
    if (row.sums != nullptr) {
        const ChromaSums* sums = row.sums + ((across.first - 1) >> 1) - row.firstSample;
        return blend(corners420(row.upper, row.lower, sums, across), across, row.down);
    }
    if (hasWholeWords(frame)) {
        return blend(cornersOfWords(row.upper, row.lower, across, frame.format == BGR8), across,
                     row.down);
    }
    return blend(corners(frame, across, row.down), across, row.down);
}

__device__ __forceinline__ void storePixels(Element* output, const LetterboxParameters& p,
                                            const Place& at, const Numbers* pair) {
    Element* place = placeOf(output, p, at);
    const long long plane = planeSize(p);
    // With an even width pairs are aligned, and none ends beyond the row.
    if ((p.outputWidth & 1) == 0) {
#pragma unroll
        for (int channel = 0; channel < 3; channel++) {
            *reinterpret_cast<NumberPair*>(place + channel * plane) =
                pairOf(pair[0].at[channel], pair[1].at[channel]);
        }
        return;
    }
    const int count = min(2, p.outputWidth - at.x);
    for (int channel = 0; channel < 3; channel++) {
        for (int i = 0; i < count; i++) {
            place[channel * plane + i] = (Element)pair[i].at[channel];
        }
    }
}

// A row of a tile, by the threads of a warp.
__device__ __forceinline__ void scaleRow(const FrameDescriptor& frame,
                                         const LetterboxParameters& p, const Tile& tile, int row,
                                         Shared& shared, const Number* table, Element* output) {
    const int y = tile.top + row;
    const bool inside = frame.width > 0 && tile.firstInside <= tile.lastInside && y >= 0 &&
                        y < frame.resizedHeight;
    ScaledRow source;
    if (inside) {
        source = scaledRow(frame, tile, shared.positions.rows[row], shared);
    }
    const Place at = {(int)blockIdx.x * TILE_WIDTH + 2 * (int)threadIdx.x,
                      (int)blockIdx.y * TILE_HEIGHT + row};
    if (at.x >= p.outputWidth || at.y >= p.outputHeight) {
        return;
    }
    const Level pad = p.padValue;
    Numbers pair[2];
#pragma unroll
    for (int i = 0; i < 2; i++) {
        Levels levels = {pad, pad, pad};
        const int column = 2 * threadIdx.x + i;
        if (inside && column >= tile.firstInside && column <= tile.lastInside) {
            levels = scaledPixel(frame, source, shared.positions.columns[column]);
        }
        pair[i] = numbers(p, table, levels);
    }
    storePixels(output, p, at, pair);
}

// After the positions and the table have been filled.
__device__ __forceinline__ void scaleTile(const FrameDescriptor& frame,
                                          const LetterboxParameters& p, const Tile& tile,
                                          Shared& shared, const Number* table, Element* output) {
#pragma unroll 1
    for (int row = threadIdx.y; row < TILE_HEIGHT; row += BLOCK_HEIGHT) {
        scaleRow(frame, p, tile, row, shared, table, output);
        // The next row's sums take the place of these.
        __syncwarp();
    }
}

}  // namespace
