// Where the planes of a picture, and those of its histories, lie.
#pragma once
#include "picture.cuh"

namespace {

// Of NV12, Cb and Cr are every other byte of a plane.
struct __align__(16) Planes {
    uint8* luma;
    uint8* cb;
    uint32 crAt;                // bytes from Cb to Cr
    uint32 pitch;
    uint32 chromaPitch;
    int chromaStep;
};

// Means of luma, in rows of whole groups and a whole number of blocks, then those of chroma: of a lane's four
// samples of Cb, then of those of Cr, or of eight each where chroma has whole rows.
struct __align__(16) History {
    uint8* luma;
    uint8* chroma;
    uint32 pitch;               // bytes from one row of luma to the next
    uint32 chromaPitch;
};

struct Picture {
    Planes from;
    Planes to;
    History means;
    History newMeans;
    int width;
    int height;
    int format;
    int lastRow;                // of blocks
};

__device__ __forceinline__ Planes planesOf(const DenoisePicture& picture, uint64 address, int pitch) {
    uint8* luma = reinterpret_cast<uint8*>(address);
    const bool interleaved = picture.format == NV12;
    const ChromaPlanes planes = chromaOf(luma, pitch, picture.width, picture.height,
                                         interleaved ? YUV420 : picture.format);
    return {luma,
            const_cast<uint8*>(planes.cb),
            interleaved ? 1 : (uint32)(planes.cr - planes.cb),
            (uint32)pitch,
            (uint32)(interleaved ? pitch : planes.pitch),
            interleaved ? 2 : 1};
}

__device__ __forceinline__ History historyOf(const DenoisePicture& picture, uint64 address) {
    uint8* luma = reinterpret_cast<uint8*>(address);
    const uint32 pitch = 2 * picture.historyPitch;
    return {luma, luma + (long long)pitch * ((picture.height + 1) & ~1), pitch,
            picture.format == YUV444 ? 2 * pitch : pitch};
}

__device__ __forceinline__ Picture pictureOf(const DenoisePicture& picture) {
    return {planesOf(picture, picture.pixels, picture.pitch),
            planesOf(picture, picture.output, picture.outputPitch),
            historyOf(picture, picture.history),
            historyOf(picture, picture.newHistory),
            picture.width,
            picture.height,
            picture.format,
            (picture.height - 1) / 2};
}

}  // namespace
