// How rows of blocks come into the rings of the kernel for planes.
#pragma once
#include "denoise_planes_picture.cuh"
#include "denoise_planes_ring.cuh"

namespace {

__device__ __forceinline__ void requestMeans(const History& history, int x, int row,
                                             MeansRow& means) {
    const uint8* from = history.luma + (2 * row * history.pitch + 2 * x);
    copyLater<16>(&means.luma[0][laneOfThread()], from);
    copyLater<16>(&means.luma[1][laneOfThread()], from + history.pitch);
}

// YUV420 whose groups of eight columns lie on whole words; reads all bytes of the last group, too.
struct Yuv420Source {
    // Requests a lane's columns, from x on, of a row of blocks; of the last one the picture may lack the lower
    // row, which equals the upper then.
    __device__ static __forceinline__ void request(const Picture& picture, const Columns& columns,
                                                   int row, PixelRow& pixels, MeansRow& means) {
        // Copies, since a request may write where they lie, as far as the compiler knows.
        const Planes from = picture.from;
        const History history = picture.means;
        const bool hasLower = 2 * row + 1 < picture.height;
        const int lane = laneOfThread();
        const int x = columns.x;
        const uint8* luma = from.luma + (2 * row * from.pitch + x);
        const uint8* cb = from.cb + (row * from.chromaPitch + x / 2);
        copyLater<8>(&pixels.luma[0][lane], luma);
        copyLater<8>(&pixels.luma[1][lane], luma + (hasLower ? from.pitch : 0));
        copyLater<4>(&pixels.cb[lane], cb);
        copyLater<4>(&pixels.cr[lane], cb + from.crAt);
        requestMeans(history, x, row, means);
        copyLater<16>(&means.chroma[lane],
                      history.chroma + (row * history.chromaPitch + 2 * x));
    }

    // Columns of a lane that the picture lacks equal the one at the edge.
    __device__ static __forceinline__ void extend(PixelRow& row, const Columns& columns) {
        if (columns.kept == GROUP) {
            return;
        }
        const int lane = laneOfThread();
        const uint64 kept = ((uint64)1 << 8 * columns.kept) - 1;
        const uint32 keptLeft = (uint32)kept;
        const uint32 keptRight = (uint32)(kept >> 32);
        const uint32 selector = columns.substitute * 0x1111;
#pragma unroll
        for (int k = 0; k < 2; k++) {
            const uint2 words = row.luma[k][lane];
            const uint32 substitute = __byte_perm(words.x, words.y, selector);
            row.luma[k][lane] = {(words.x & keptLeft) | (substitute & ~keptLeft),
                                 (words.y & keptRight) | (substitute & ~keptRight)};
        }
        // Half as many samples, rounded up.
        const uint32 keptSamples = (uint32)(((uint64)1 << 8 * ((columns.kept + 1) / 2)) - 1);
        const uint32 sample = columns.substitute / 2 * 0x1111;
        const uint32 cb = row.cb[lane];
        const uint32 cr = row.cr[lane];
        row.cb[lane] = (cb & keptSamples) | (__byte_perm(cb, 0, sample) & ~keptSamples);
        row.cr[lane] = (cr & keptSamples) | (__byte_perm(cr, 0, sample) & ~keptSamples);
    }
};

// Luma of any planes, byte by byte, and no chroma.
struct AnySource {
    __device__ static __forceinline__ void request(const Picture& picture, const Columns& columns,
                                                   int row, PixelRow& pixels, MeansRow& means) {
        const int lane = laneOfThread();
        const uint8* upper = picture.from.luma + 2 * row * picture.from.pitch;
        const uint8* lower = upper + (2 * row + 1 < picture.height ? picture.from.pitch : 0);
        requestMeans(picture.means, columns.x, row, means);
#pragma unroll 1
        for (int i = 0; i < GROUP; i++) {
            const int column = min(max(columns.left + GROUP * lane + i, 0), picture.width - 1);
            reinterpret_cast<uint8*>(&pixels.luma[0][lane])[i] = upper[column];
            reinterpret_cast<uint8*>(&pixels.luma[1][lane])[i] = lower[column];
        }
    }

    // Nothing is left to extend.
    __device__ static __forceinline__ void extend(PixelRow&, const Columns&) {}
};

}  // namespace
