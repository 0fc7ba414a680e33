// How the denoise kernel reads pictures: two rows at a time, an even one and the one below it, as red, green
// and blue from the lowest byte of a word on. What is read of the next two is on its way meanwhile.
//
// Where a picture lacks a row, the nearest one that it has is read. Of two rows that only the first lies
// within or none, the pixels of the others do not count: chroma of an even row cannot be told for an odd one.
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

    __device__ __forceinline__ RgbRows(const DenoisePicture& picture, const Columns& columns, int)
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

    __device__ __forceinline__ RowPair convert(const Raw& raw, bool, const Columns&) const {
        return {row(raw.at[0]), row(raw.at[1])};
    }
};

// Pixels of YUV420 with at least three columns of samples. Two rows of pixels lie in one row of samples,
// and each looks at one beside it as well: of three rows of samples one is new to each pair. Cb lies in the
// lower half of a word, Cr in the upper.
struct Yuv420Rows {
    struct Raw {
        uint32 luma[2];
        uint32 cb;              // of the row of samples below
        uint32 cr;
    };
    struct Samples {
        uint32 first;
        uint32 second;
    };

    const uint8* luma;
    const uint8* cb;
    const uint8* cr;
    int pitch;
    int lastRow;
    int lastSampleRow;
    Samples above;
    Samples middle;

    __device__ __forceinline__ Yuv420Rows(const DenoisePicture& picture, const Columns& columns,
                                          int y)
        : pitch(picture.pitch), lastRow(picture.height - 1) {
        const uint8* pixels = reinterpret_cast<const uint8*>(picture.pixels);
        luma = pixels + columns.x;
        const ChromaPlanes planes = chromaOf(pixels, pitch, picture.width, picture.height, YUV420);
        cb = planes.cb + columns.x / 2;
        cr = planes.cr + columns.x / 2;
        lastSampleRow = planes.lastRow;
        Raw raw;
        fetchSamples(raw, (y >> 1) - 1);
        above = samples(raw, columns);
        fetchSamples(raw, y >> 1);
        middle = samples(raw, columns);
    }

    __device__ __forceinline__ void fetchSamples(Raw& raw, int row) const {
        const long long at = (long long)within(row, lastSampleRow) * (pitch >> 1);
        raw.cb = __ldg(reinterpret_cast<const uint16*>(cb + at));
        raw.cr = __ldg(reinterpret_cast<const uint16*>(cr + at));
    }

    __device__ __forceinline__ Samples samples(const Raw& raw, const Columns& columns) const {
        const uint32 first = __byte_perm(raw.cb, raw.cr, 0x2420);
        // Beyond the last column of samples, that one stands.
        return {first, columns.inside > 2 ? __byte_perm(raw.cb, raw.cr, 0x2521) : first};
    }

    __device__ __forceinline__ Raw fetch(int y) const {
        Raw raw;
#pragma unroll
        for (int i = 0; i < 2; i++) {
            raw.luma[i] = loadOnce(reinterpret_cast<const uint32*>(
                luma + (long long)within(y + i, lastRow) * pitch));
        }
        fetchSamples(raw, (y >> 1) + 1);
        return raw;
    }

    __device__ __forceinline__ RowPair convert(const Raw& raw, bool edge, const Columns& columns) {
        const Samples below = samples(raw, columns);
        const Samples most = {3 * middle.first, 3 * middle.second};
        RowPair pair;
        pair.upper = row(raw.luma[0], {most.first + above.first, most.second + above.second}, edge,
                         columns);
        pair.lower = row(raw.luma[1], {most.first + below.first, most.second + below.second}, edge,
                         columns);
        above = middle;
        middle = below;
        return pair;
    }

    // A row of pixels, from the sums of the two rows of samples around it.
    __device__ __forceinline__ Words row(uint32 luma, const Samples& sums, bool edge,
                                         const Columns& columns) const {
        uint32 before = __shfl_up_sync(ALL, sums.second, 1);
        uint32 after = __shfl_down_sync(ALL, sums.first, 1);
        if (edge) {
            before = columns.first ? sums.first : before;
            after = columns.last ? sums.second : after;
        }
        const uint32 left = 3 * sums.first + 0x00070007;
        const uint32 right = 3 * sums.second + 0x00070007;
        Words four;
        pair(four.at, __byte_perm(luma, 0, 0x4140), left + before + 0x00010001,
             left + sums.second);
        pair(four.at + 2, __byte_perm(luma, 0, 0x4342), right + sums.first + 0x00010001,
             right + after);
        return four;
    }

    __device__ __forceinline__ void pair(uint32* pixels, uint32 lumaPair, uint32 left,
                                         uint32 right) const {
        const ColourPair colours = fromJpeg(lumaPair, {left, right});
        const uint32 redGreen = __byte_perm(colours.at[0], colours.at[1], 0x6240);
        pixels[0] = __byte_perm(redGreen, colours.at[2], 0x5410);
        pixels[1] = __byte_perm(redGreen, colours.at[2], 0x7632);
    }
};

// Pixels of any picture, one by one.
struct AnyRows {
    typedef RowPair Raw;

    const DenoisePicture& picture;
    int x;

    __device__ __forceinline__ AnyRows(const DenoisePicture& picture, const Columns& columns, int)
        : picture(picture), x(columns.x) {}

    __device__ __forceinline__ Raw fetch(int y) const {
        uint32 eight[8];
#pragma unroll 1
        for (int i = 0; i < 8; i++) {
            const Pixel pixel =
                readPixel(reinterpret_cast<const uint8*>(picture.pixels), picture.pitch,
                          picture.width, picture.height, picture.format,
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

    __device__ __forceinline__ RowPair convert(const Raw& raw, bool, const Columns&) const {
        return raw;
    }
};

}  // namespace
