// The letterbox of YUV420 pictures that become exactly half as wide and half as high, such as 1280 x 720 in an input of
// 640 x 640. Each output pixel lies in the middle of four pixels that no other looks at. All weights are 1024 of
// 2048, with which OpenCV's sums lose nothing: the result is (a + b + c + d + 2) >> 2.
//
// A thread makes eight pixels of a row, from sixteen pixels of two rows and the eight columns of samples in which they
// lie, of three rows. What costs is the number of instructions, most of all of those that permute, add and compare. So
// dot products pick bytes out of words while they multiply, and a colour of two pixels shares a register: of the left
// or the right ones in two columns of samples, so that the two sums over four pixels lie side by side as well.
#pragma once
#include "letterbox_output.cuh"
#include "picture.cuh"

#if ROUND_PIXELS
namespace {

// Whether a picture is one of these, with groups of pixels that lie on whole words of all its planes and belong to it
// as a whole or not at all.
__device__ __forceinline__ bool isHalved(const FrameDescriptor& frame,
                                         const LetterboxParameters& p) {
    const bool halved = frame.format == YUV420 && frame.width == 2 * frame.resizedWidth &&
                        frame.height == 2 * frame.resizedHeight;
    const int columns = frame.resizedWidth | frame.padLeft | p.outputWidth;
    return halved && columns % GROUP == 0 && frame.pitch % 16 == 0 && frame.pixels % 16 == 0;
}

// Samples of a row and plane: the eight columns of a group, and the columns before and behind them.
struct PlaneSamples {
    uint2 inside;
    uint32 before;
    uint32 behind;
};

struct SampleRow {
    PlaneSamples cb;
    PlaneSamples cr;
};

struct HalvedPixels {
    uint4 luma[2];
    SampleRow samples[3];   // the one in which both rows of pixels lie is in the middle
    bool first;             // whether nothing lies before them
    bool last;
};

// Before the first column lies some other byte of the picture, behind the last one perhaps none of its memory.
__device__ __forceinline__ PlaneSamples planeSamples(const uint8* samples, bool last) {
    return {__ldg(reinterpret_cast<const uint2*>(samples)), __ldg(samples - 1),
            last ? 0u : __ldg(samples + GROUP)};
}

__device__ __forceinline__ HalvedPixels readHalved(const FrameDescriptor& frame, int column,
                                                   int row) {
    const uint8* pixels = reinterpret_cast<const uint8*>(frame.pixels);
    const ChromaPlanes planes =
        chromaOf(pixels, frame.pitch, frame.width, frame.height, frame.format);
    HalvedPixels read;
    read.first = column == 0;
    read.last = column + GROUP > planes.lastColumn;
    const uint8* luma = pixels + 2 * column + (long long)(2 * row) * frame.pitch;
    read.luma[0] = __ldg(reinterpret_cast<const uint4*>(luma));
    read.luma[1] = __ldg(reinterpret_cast<const uint4*>(luma + frame.pitch));
    const uint8* cb = planes.cb + column + (long long)row * planes.pitch;
    const uint8* cr = cb + (planes.cr - planes.cb);
    const int steps[] = {row > 0 ? -planes.pitch : 0, 0, row < planes.lastRow ? planes.pitch : 0};
#pragma unroll
    for (int i = 0; i < 3; i++) {
        read.samples[i] = {planeSamples(cb + steps[i], read.last),
                           planeSamples(cr + steps[i], read.last)};
    }
    return read;
}

// Samples of one plane around a row of pixels, four in each word: of two columns side by side, each of the nearer row
// and of the other. The columns are the one before a group and its first, its first and its second and so on.
struct Neighbours {
    uint32 at[GROUP + 1];
};

// How __byte_perm picks the first and the last of these words: at the edges of the picture, beyond which its outermost
// columns stand, from one column twice.
struct Ends {
    uint32 first;
    uint32 last;
};

__device__ __forceinline__ Ends endsOf(const HalvedPixels& pixels) {
    return {pixels.first ? 0x5454u : 0x5410u, pixels.last ? 0x3232u : 0x5432u};
}

__device__ __forceinline__ Neighbours neighboursOf(const PlaneSamples& nearer,
                                                   const PlaneSamples& other, const Ends& ends) {
    Neighbours words;
    words.at[1] = __byte_perm(nearer.inside.x, other.inside.x, 0x5140);
    words.at[3] = __byte_perm(nearer.inside.x, other.inside.x, 0x7362);
    words.at[5] = __byte_perm(nearer.inside.y, other.inside.y, 0x5140);
    words.at[7] = __byte_perm(nearer.inside.y, other.inside.y, 0x7362);
#pragma unroll
    for (int i = 2; i < GROUP; i += 2) {
        words.at[i] = __byte_perm(words.at[i - 1], words.at[i + 1], 0x5432);
    }
    const uint32 before = __byte_perm(nearer.before, other.before, 0x0040);
    const uint32 behind = __byte_perm(nearer.behind, other.behind, 0x0040);
    words.at[0] = __byte_perm(before, words.at[1], ends.first);
    words.at[GROUP] = __byte_perm(words.at[GROUP - 1], behind, ends.last);
    return words;
}

// Cb or Cr of a pixel is the second byte of these sums: libjpeg's, of which 9, 3, 3 and 1 are the weights and 8 or 7
// is what rounds them, are 16 times as large as it, these 256 times.
__device__ __forceinline__ uint32 leftPixel(uint32 neighbours) {
    return __dp4a(neighbours, 48u | 16u << 8 | 144u << 16 | 48u << 24, 16 * 8u);
}

__device__ __forceinline__ uint32 rightPixel(uint32 neighbours) {
    return __dp4a(neighbours, 144u | 48u << 8 | 48u << 16 | 16u << 24, 16 * 7u);
}

// A colour of two pixels, from its products' sums with 16 bits behind the point.
__device__ __forceinline__ uint32 colour(uint32 luma, uint32 weights, uint32 bytes, uint32 offset) {
    return colours(luma, __dp2a_lo(weights, bytes, offset), __dp2a_hi(weights, bytes, offset));
}

// fromJpeg of two pixels, of whose Cb and Cr each is there twice, in the bytes of a half. Dot products take weights of
// up to 16 bits that are not negative. So the weights of red and of blue, which are greater, come in two parts, one
// for each of two bytes alike, and green is reckoned from 255 - Cb and 255 - Cr.
__device__ __forceinline__ ColourPair coloursOf(uint32 luma, uint32 cb, uint32 cr) {
    const uint32 both = ~__byte_perm(cb, cr, 0x6240);
    const uint32 half = 1 << 15;
    return {colour(luma, 65535 | (91881 - 65535) << 16, cr, half - 91881 * 128),
            colour(luma, 22554 | 46802u << 16, both, half - (22554 + 46802) * 127),
            colour(luma, 65535 | (116130u - 65535) << 16, cb, half - 116130 * 128)};
}

__device__ __forceinline__ uint32 twice(uint32 first, uint32 second) {
    return __byte_perm(first, second, 0x5511);
}

// Adds the pixels of a row that lie in two columns of samples, first both left halves, then both right ones, to the
// sums of their output pixels.
__device__ __forceinline__ void addPixels(ColourPair& sums, uint32 luma, const uint32* cb,
                                          const uint32* cr) {
    const ColourPair left =
        coloursOf(luma & 0x00FF00FF, twice(leftPixel(cb[0]), leftPixel(cb[1])),
                  twice(leftPixel(cr[0]), leftPixel(cr[1])));
    const ColourPair right =
        coloursOf(__byte_perm(luma, 0, 0x4341), twice(rightPixel(cb[1]), rightPixel(cb[2])),
                  twice(rightPixel(cr[1]), rightPixel(cr[2])));
#pragma unroll
    for (int i = 0; i < 3; i++) {
        sums.at[i] += left.at[i] + right.at[i];
    }
}

// The group of a thread, by plane.
struct Groups {
    Group red;
    Group green;
    Group blue;
};

// Of the sums of four pixels the quarters are dropped, and what is left is how many bytes into the table its number is.
__device__ __forceinline__ NumberPair numbersOf(const Number* table, uint32 sums) {
    static_assert(sizeof(Number) == 4, "a quarter is a byte");
    const uint8* bytes = reinterpret_cast<const uint8*>(table);
    return pairOf(*reinterpret_cast<const Number*>(bytes + (sums & 0x3FC)),
                  *reinterpret_cast<const Number*>(bytes + (sums >> 16 & 0x3FC)));
}

// The table has the numbers of red by level, then those of green and of blue.
__device__ __forceinline__ Groups halve(const HalvedPixels& pixels, const Number* table) {
    const Ends ends = endsOf(pixels);
    const SampleRow& middle = pixels.samples[1];
    const Neighbours upperCb = neighboursOf(middle.cb, pixels.samples[0].cb, ends);
    const Neighbours upperCr = neighboursOf(middle.cr, pixels.samples[0].cr, ends);
    const Neighbours lowerCb = neighboursOf(middle.cb, pixels.samples[2].cb, ends);
    const Neighbours lowerCr = neighboursOf(middle.cr, pixels.samples[2].cr, ends);
    const uint32 upperLuma[] = {pixels.luma[0].x, pixels.luma[0].y, pixels.luma[0].z,
                                pixels.luma[0].w};
    const uint32 lowerLuma[] = {pixels.luma[1].x, pixels.luma[1].y, pixels.luma[1].z,
                                pixels.luma[1].w};
    Groups groups;
#pragma unroll
    for (int i = 0; i < GROUP / 2; i++) {
        ColourPair sums = {0x00020002, 0x00020002, 0x00020002};
        addPixels(sums, upperLuma[i], upperCb.at + 2 * i, upperCr.at + 2 * i);
        addPixels(sums, lowerLuma[i], lowerCb.at + 2 * i, lowerCr.at + 2 * i);
        groups.red.at[i] = numbersOf(table, sums.at[0]);
        groups.green.at[i] = numbersOf(table + BYTE_VALUES, sums.at[1]);
        groups.blue.at[i] = numbersOf(table + 2 * BYTE_VALUES, sums.at[2]);
    }
    return groups;
}

}  // namespace
#endif
