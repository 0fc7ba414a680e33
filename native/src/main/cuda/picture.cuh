// Pictures as decoders leave them, and how a pixel of them is read.
#pragma once
#include "types.cuh"

// How a picture's bytes are read; the numbers equal those of PictureLayout.java.
//
// The planar ones are what a JPEG holds: a plane of luma with height rows of pitch bytes, then a plane
// of Cb and one of Cr, each with the rows and columns that the subsampling leaves, rounded up, and rows
// of pitch bytes (YUV444) or pitch / 2 bytes. Levels from 0 to 255. They give the red, green and blue
// that libjpeg gives, in every bit.
enum PictureLayout { RGB8 = 0, BGR8 = 1, GRAY8 = 2, NV12 = 3, YUV444 = 4, YUV422 = 5, YUV420 = 6 };

struct Pixel {
    int red;
    int green;
    int blue;
};

__device__ __forceinline__ int clampByte(int value) { return min(max(value, 0), 255); }

// BT.601, limited range, in OpenCV's 20-bit fixed point.
__device__ __forceinline__ Pixel fromYuv(int luma, int cb, int cr) {
    const int y = max(0, luma - 16) * 1220542;
    const int u = cb - 128;
    const int v = cr - 128;
    const int half = 1 << 19;
    return {clampByte((y + half + 1673527 * v) >> 20),
            clampByte((y + half - 852492 * v - 409993 * u) >> 20),
            clampByte((y + half + 2116026 * u) >> 20)};
}

// BT.601, full range, in libjpeg's 16-bit fixed point (jdcolor.c).
__device__ __forceinline__ Pixel fromJpeg(int luma, int cb, int cr) {
    const int u = cb - 128;
    const int v = cr - 128;
    const int half = 1 << 15;
    return {clampByte(luma + ((91881 * v + half) >> 16)),
            clampByte(luma + ((-22554 * u - 46802 * v + half) >> 16)),
            clampByte(luma + ((116130 * u + half) >> 16))};
}

// Chroma of two pixels side by side: of each, 16 times Cb in the lower half and 16 times Cr in the upper,
// with fractions that do not count.
struct ChromaPair {
    uint32 left;
    uint32 right;
};

// A colour of two pixels side by side, 16 bits each, from 0 to 255. The products have 16 bits behind the
// point.
__device__ __forceinline__ uint32 colours(uint32 luma, int left, int right) {
    return __viaddmin_s16x2_relu(luma, __byte_perm(left, right, 0x7632), 0x00FF00FF);
}

// Colours of two pixels side by side: red, green, blue.
struct ColourPair {
    uint32 at[3];
};

// fromJpeg of two pixels.
__device__ __forceinline__ ColourPair fromJpeg(uint32 luma, const ChromaPair& chroma) {
    const int half = 1 << 15;
    const int leftCb = chroma.left >> 4 & 0xFF;
    const int leftCr = chroma.left >> 20;
    const int rightCb = chroma.right >> 4 & 0xFF;
    const int rightCr = chroma.right >> 20;
    const int red = half - 91881 * 128;
    const int green = half + (22554 + 46802) * 128;
    const int blue = half - 116130 * 128;
    return {colours(luma, 91881 * leftCr + red, 91881 * rightCr + red),
            colours(luma, -22554 * leftCb - 46802 * leftCr + green,
                    -22554 * rightCb - 46802 * rightCr + green),
            colours(luma, 116130 * leftCb + blue, 116130 * rightCb + blue)};
}

// The chroma planes of a planar picture.
struct ChromaPlanes {
    const uint8* cb;
    const uint8* cr;
    int pitch;
    int lastColumn;
    int lastRow;
};

__device__ __forceinline__ ChromaPlanes chromaOf(const uint8* pixels, int pitch, int width,
                                                 int height, int format) {
    const int columns = format == YUV444 ? width : (width + 1) >> 1;
    const int rows = format == YUV420 ? (height + 1) >> 1 : height;
    const int chromaPitch = format == YUV444 ? pitch : pitch >> 1;
    const uint8* cb = pixels + (long long)pitch * height;
    return {cb, cb + (long long)chromaPitch * rows, chromaPitch, columns - 1, rows - 1};
}

// Chroma at a pixel, as libjpeg interpolates it (jdsample.c, "fancy upsampling"): three parts of the
// sample that the pixel lies in, one of the nearest beside it, along halved sides. Planes of one or two
// columns are not interpolated.
__device__ __forceinline__ int chromaAt(const uint8* plane, const ChromaPlanes& planes, int format,
                                        int x, int y) {
    if (format == YUV444) {
        return plane[(long long)y * planes.pitch + x];
    }
    const int column = x >> 1;
    const int row = format == YUV420 ? y >> 1 : y;
    const uint8* here = plane + (long long)row * planes.pitch;
    if (planes.lastColumn < 2) {
        return here[column];
    }
    const int beside = min(max(column + ((x & 1) ? 1 : -1), 0), planes.lastColumn);
    if (format == YUV422) {
        return (3 * here[column] + here[beside] + 1 + (x & 1)) >> 2;
    }
    const int besideRow = min(max(row + ((y & 1) ? 1 : -1), 0), planes.lastRow);
    const uint8* there = plane + (long long)besideRow * planes.pitch;
    return (3 * (3 * here[column] + there[column]) + 3 * here[beside] + there[beside] + 8 -
            (x & 1)) >> 4;
}

// A pixel of a picture, whose chroma follows its luma where it is NV12 or planar.
__device__ __forceinline__ Pixel readPixel(const uint8* pixels, int pitch, int width, int height,
                                           int format, int x, int y) {
    const uint8* row = pixels + (long long)y * pitch;
    switch (format) {
        case RGB8:
            return {row[3 * x], row[3 * x + 1], row[3 * x + 2]};
        case BGR8:
            return {row[3 * x + 2], row[3 * x + 1], row[3 * x]};
        case GRAY8:
            return {row[x], row[x], row[x]};
        case NV12: {
            const uint8* chroma =
                pixels + (long long)(height + (y >> 1)) * pitch + (x & ~1);
            return fromYuv(row[x], chroma[0], chroma[1]);
        }
        default: {
            const ChromaPlanes planes = chromaOf(pixels, pitch, width, height, format);
            return fromJpeg(row[x], chromaAt(planes.cb, planes, format, x, y),
                            chromaAt(planes.cr, planes, format, x, y));
        }
    }
}
