// How the denoise kernel reads pictures: two rows at a time, an even one and the one below it, as red, green
// and blue from the lowest byte of a word on. What is read of the next two is on its way meanwhile. Where a picture
// lacks a row, the nearest one that it has is read.
#pragma once
#include "denoise_columns.cuh"

namespace {

// Pixels of two rows, one below the other.
struct RowPair {
    Words upper;
    Words lower;
};

// The nearest row that the picture has.
__device__ __forceinline__ int within(int row, int lastRow) { return min(max(row, 0), lastRow); }

__device__ __forceinline__ uint32 loadOnce(const uint32* place) { return __ldcs(place); }

// Pixels of RGB8 or BGR8 whose groups of four lie on whole words.
struct RgbRows {
    struct Raw {
        uint32 at[2][3];
    };

    const uint8* pixels;
    int pitch;
    int lastRow;
    bool blueFirst;

    __device__ __forceinline__ RgbRows(const DenoisePicture& picture, const Columns& columns)
        : pixels(reinterpret_cast<const uint8*>(picture.pixels) + 3 * columns.x),
          pitch(picture.pitch), lastRow(picture.height - 1), blueFirst(picture.format == BGR8) {}

    __device__ __forceinline__ Raw fetch(int y) const {
        Raw raw;
#pragma unroll
        for (int i = 0; i < 2; i++) {
            const uint32* words = reinterpret_cast<const uint32*>(
                pixels + (long long)within(y + i, lastRow) * pitch);
#pragma unroll
            for (int k = 0; k < 3; k++) {
                raw.at[i][k] = loadOnce(words + k);
            }
        }
        return raw;
    }

    __device__ __forceinline__ Words row(const uint32* raw) const {
        Words four = {{raw[0] & 0xFFFFFF, __byte_perm(raw[0], raw[1], 0x0543) & 0xFFFFFF,
                       __byte_perm(raw[1], raw[2], 0x0432) & 0xFFFFFF, raw[2] >> 8}};
        if (blueFirst) {
#pragma unroll
            for (int i = 0; i < 4; i++) {
                four.at[i] = __byte_perm(four.at[i], 0, 0x4012);
            }
        }
        return four;
    }

    __device__ __forceinline__ RowPair convert(const Raw& raw) const {
        return {row(raw.at[0]), row(raw.at[1])};
    }
};

// Pixels that lie in any way, one by one.
struct AnyRows {
    typedef RowPair Raw;

    const DenoisePicture& picture;
    int x;

    __device__ __forceinline__ AnyRows(const DenoisePicture& picture, const Columns& columns)
        : picture(picture), x(columns.x) {}

    __device__ __forceinline__ Raw fetch(int y) const {
        uint32 eight[8];
#pragma unroll 1
        for (int i = 0; i < 8; i++) {
            const Pixel pixel =
                readPixel(reinterpret_cast<const uint8*>(picture.pixels), picture.pitch,
                          picture.width, picture.height, picture.format == BGR8 ? BGR8 : RGB8,
                          min(x + (i & 3), picture.width - 1),
                          within(y + (i >> 2), picture.height - 1));
            // Words of a register file cannot be chosen by a number: they move up instead.
#pragma unroll
            for (int k = 0; k < 7; k++) {
                eight[k] = eight[k + 1];
            }
            eight[7] = pixel.red | pixel.green << 8 | pixel.blue << 16;
        }
        return {{{eight[0], eight[1], eight[2], eight[3]}},
                {{eight[4], eight[5], eight[6], eight[7]}}};
    }

    __device__ __forceinline__ RowPair convert(const Raw& raw) const {
        return raw;
    }
};

}  // namespace
