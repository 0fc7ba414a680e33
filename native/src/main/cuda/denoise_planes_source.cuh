// How rows of blocks come into the rings of the kernel for planes.
#pragma once
#include "denoise_planes_picture.cuh"
#include "denoise_planes_ring.cuh"

namespace {

template <class Row>
__device__ __forceinline__ uint8* bytesOf(Row* row) {
    return reinterpret_cast<uint8*>(row);
}

// Requests the means of two rows of luma, of so many bytes at this distance from a lane's columns.
template <int BYTES>
__device__ __forceinline__ void requestLumaMeans(const History& history, const uint8* luma,
                                                 MeansRow& means, int distance) {
    const int place = placeOfLane(laneOfThread());
    copyLater<BYTES>(bytesOf(&means.luma[0][place]) + distance, luma + distance);
    copyLater<BYTES>(bytesOf(&means.luma[1][place]) + distance, luma + history.pitch + distance);
}

// Requests a lane's means of luma from column x on, and the nearest ones of the strips beside its own.
__device__ __forceinline__ void requestMeans(const History& history, const Columns& columns, int row,
                                             MeansRow& means) {
    const uint8* luma = history.luma + (2 * row * history.pitch + 2 * columns.x);
    requestLumaMeans<16>(history, luma, means, 0);
    if (columns.hasLeft) {
        requestLumaMeans<4>(history, luma, means, -4);
    }
    if (columns.hasRight) {
        requestLumaMeans<4>(history, luma, means, 2 * GROUP);
    }
}

// YUV420 whose groups of eight columns lie on whole words; reads all bytes of the last group, too.
struct Yuv420Source {
    // Where a lane's columns of a row of blocks lie in a picture.
    struct Place {
        const uint8* luma;
        const uint8* cb;
        uint32 toLower;             // bytes to the lower row; 0 where the picture lacks it: it equals the upper
        uint32 toCr;
    };

    // Requests luma and chroma of so many bytes, at these distances from a lane's columns.
    template <int BYTES>
    __device__ static __forceinline__ void requestPixels(const Place& from, PixelRow& pixels,
                                                         int distance, int chromaDistance) {
        const int place = placeOfLane(laneOfThread());
        copyLater<BYTES>(bytesOf(&pixels.luma[0][place]) + distance, from.luma + distance);
        copyLater<BYTES>(bytesOf(&pixels.luma[1][place]) + distance,
                         from.luma + from.toLower + distance);
        copyLater<4>(&pixels.cb[place] + chromaDistance / 4, from.cb + chromaDistance);
        copyLater<4>(&pixels.cr[place] + chromaDistance / 4, from.cb + from.toCr + chromaDistance);
    }

    // Requests a lane's columns of a row of blocks, and the nearest ones of the strips beside its own.
    __device__ static __forceinline__ void request(const Picture& picture, const Columns& columns,
                                                   int row, PixelRow& pixels, MeansRow& means) {
        // Copies, since a request may write where they lie, as far as the compiler knows.
        const Planes from = picture.from;
        const History history = picture.means;
        const int x = columns.x;
        const Place place = {from.luma + (2 * row * from.pitch + x),
                             from.cb + (row * from.chromaPitch + x / 2),
                             2 * row + 1 < picture.height ? from.pitch : 0, from.crAt};
        requestPixels<8>(place, pixels, 0, 0);
        if (columns.hasLeft) {
            requestPixels<4>(place, pixels, -4, -4);
        }
        if (columns.hasRight) {
            requestPixels<4>(place, pixels, GROUP, GROUP / 2);
        }
        requestMeans(history, columns, row, means);
        copyLater<16>(&means.chroma[laneOfThread()],
                      history.chroma + (row * history.chromaPitch + 2 * x));
    }

    // Columns of a lane that the picture lacks equal the one at the edge, as do those before and behind it.
    __device__ static __forceinline__ void extend(PixelRow& row, const Columns& columns) {
        const int place = placeOfLane(laneOfThread());
        if (columns.kept < GROUP) {
            extendGroup(row, columns, place);
        }
        if (columns.first) {
#pragma unroll
            for (int k = 0; k < 2; k++) {
                row.luma[k][0].y = __byte_perm(row.luma[k][place].x, 0, 0x0000);
            }
            row.cb[0] = __byte_perm(row.cb[place], 0, 0x0000);
            row.cr[0] = __byte_perm(row.cr[place], 0, 0x0000);
        }
        if (columns.last && place == LANES) {
#pragma unroll
            for (int k = 0; k < 2; k++) {
                row.luma[k][place + 1].x = __byte_perm(row.luma[k][place].y, 0, 0x3333);
            }
            row.cb[place + 1] = __byte_perm(row.cb[place], 0, 0x3333);
            row.cr[place + 1] = __byte_perm(row.cr[place], 0, 0x3333);
        }
        if (columns.hasOne) {
#pragma unroll
            for (int k = 0; k < 2; k++) {
                row.luma[k][place + 1].x = __byte_perm(row.luma[k][place + 1].x, 0, 0x0000);
            }
        }
    }

    __device__ static __forceinline__ void extendGroup(PixelRow& row, const Columns& columns,
                                                       int place) {
        const uint64 kept = ((uint64)1 << 8 * columns.kept) - 1;
        const uint32 keptLeft = (uint32)kept;
        const uint32 keptRight = (uint32)(kept >> 32);
        const uint32 selector = columns.substitute * 0x1111;
#pragma unroll
        for (int k = 0; k < 2; k++) {
            const uint2 words = row.luma[k][place];
            const uint32 substitute = __byte_perm(words.x, words.y, selector);
            row.luma[k][place] = {(words.x & keptLeft) | (substitute & ~keptLeft),
                                  (words.y & keptRight) | (substitute & ~keptRight)};
        }
        // Half as many samples, rounded up.
        const uint32 keptSamples = (uint32)(((uint64)1 << 8 * ((columns.kept + 1) / 2)) - 1);
        const uint32 sample = columns.substitute / 2 * 0x1111;
        const uint32 cb = row.cb[place];
        const uint32 cr = row.cr[place];
        row.cb[place] = (cb & keptSamples) | (__byte_perm(cb, 0, sample) & ~keptSamples);
        row.cr[place] = (cr & keptSamples) | (__byte_perm(cr, 0, sample) & ~keptSamples);
    }
};

// Luma of any planes, byte by byte, and no chroma.
struct AnySource {
    __device__ static __forceinline__ void request(const Picture& picture, const Columns& columns,
                                                   int row, PixelRow& pixels, MeansRow& means) {
        const int lane = laneOfThread();
        const uint8* upper = picture.from.luma + 2 * row * picture.from.pitch;
        const uint8* lower = upper + (2 * row + 1 < picture.height ? picture.from.pitch : 0);
        requestMeans(picture.means, columns, row, means);
        // The first and the last lane also read the columns before and behind the strip.
        const int before = lane == 0 ? 2 : 0;
        const int behind = lane == LANES - 1 ? 2 : 0;
        const int place = GROUP * placeOfLane(lane);
#pragma unroll 1
        for (int i = -before; i < GROUP + behind; i++) {
            const int column = min(max(columns.left + GROUP * lane + i, 0), picture.width - 1);
            bytesOf(pixels.luma[0])[place + i] = upper[column];
            bytesOf(pixels.luma[1])[place + i] = lower[column];
        }
    }

    // Nothing is left to extend.
    __device__ static __forceinline__ void extend(PixelRow&, const Columns&) {}
};

}  // namespace
