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
};

// Luma of any planes, byte by byte, and no chroma.
struct AnySource {
    __device__ static __forceinline__ void request(const Picture& picture, const Columns& columns,
                                                   int row, PixelRow& pixels, MeansRow& means) {
        const int lane = laneOfThread();
        const uint32 pitch = picture.from.pitch;
        const uint8* upper = picture.from.luma + (2 * row * pitch + columns.x);
        const uint8* lower = upper + (2 * row + 1 < picture.height ? pitch : 0);
        requestMeans(picture.means, columns.x, row, means);
#pragma unroll 1
        for (int i = 0; i < GROUP; i++) {
            const int column = min(i, columns.inside - 1);
            reinterpret_cast<uint8*>(&pixels.luma[0][lane])[i] = upper[column];
            reinterpret_cast<uint8*>(&pixels.luma[1][lane])[i] = lower[column];
        }
    }
};

}  // namespace
