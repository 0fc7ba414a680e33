// The samples of chroma that lie in a block: pairs of Cb and Cr.
#pragma once
#include "denoise_planes_mean.cuh"
#include "denoise_planes_ring.cuh"
#include "denoise_planes_spatial.cuh"

namespace {

// How a block is filtered.
struct Filter {
    Weights weights;
    uint32 share;               // of what is filtered in space, a pair in half precision
    uint32 age;                 // of the new means
};

// Where new means and pixels go.
struct Target {
    History history;
    uint8* output;
    uint8* cb;                  // of the output; cr follows it where chroma is interleaved
    uint8* cr;
    int pitch;
    int chromaPitch;
    int chromaStep;

    __device__ __forceinline__ explicit Target(const DenoisePicture& picture)
        : history(historyOf(picture, picture.newHistory)),
          output(reinterpret_cast<uint8*>(picture.output)), pitch(picture.outputPitch) {
        const ChromaPlanes planes =
            chromaOf(output, pitch, picture.width, picture.height, picture.format);
        const bool interleaved = picture.format == NV12;
        cb = const_cast<uint8*>(planes.cb);
        cr = interleaved ? cb + 1 : const_cast<uint8*>(planes.cr);
        chromaPitch = interleaved ? pitch : planes.pitch;
        chromaStep = interleaved ? 2 : 1;
    }
};

// Filters a pair of levels; returns what is seen, in the first and in the third byte.
__device__ __forceinline__ uint32 filterPair(const Nine& nine, uint32& means, const Filter& filter,
                                             uint32 falloff) {
    means = updated(means, nine.at[1][1] - WITH_LEVELS, filter.weights);
    return mixed(nine, means, falloff, filter.share);
}

struct Chroma {
    const uint8* cb;
    const uint8* cr;
    const uint8* means;
    int pitch;
    int step;
    int lastColumn;
    int lastRow;
    int columns;                // samples of a block side by side, none where there is no colour
    int rows;

    __device__ __forceinline__ explicit Chroma(const DenoisePicture& picture) {
        const uint8* pixels = reinterpret_cast<const uint8*>(picture.pixels);
        const bool interleaved = picture.format == NV12;
        const ChromaPlanes planes = chromaOf(pixels, picture.pitch, picture.width, picture.height,
                                             interleaved ? YUV420 : picture.format);
        cb = planes.cb;
        cr = interleaved ? cb + 1 : planes.cr;
        means = historyOf(picture, picture.history).chroma;
        pitch = interleaved ? picture.pitch : planes.pitch;
        step = interleaved ? 2 : 1;
        lastColumn = planes.lastColumn;
        lastRow = planes.lastRow;
        columns = picture.format == GRAY8 ? 0 : picture.format == YUV444 ? 2 : 1;
        rows = picture.format == YUV420 || interleaved ? 1 : 2;
    }

    __device__ __forceinline__ uint32 pairAt(int column, int row) const {
        const long long at = (long long)min(max(row, 0), lastRow) * pitch +
                             min(max(column, 0), lastColumn) * step;
        return WITH_LEVELS | cb[at] | (uint32)cr[at] << 16;
    }

    __device__ __forceinline__ void filterOne(int column, int row, const Filter& filter,
                                              uint32 falloff, const Target& target) const {
        Nine nine;
#pragma unroll
        for (int i = 0; i < 9; i++) {
            nine.at[i / 3][i % 3] = pairAt(column + i % 3 - 1, row + i / 3 - 1);
        }
        const int group = BLOCKS * columns;     // samples that a lane has
        const long long at = (long long)row * target.history.chromaPitch +
                             2 * (column / group * 2 * group + column % group);
        const uint16* old = reinterpret_cast<const uint16*>(means + at);
        uint32 pair = old[0] | (uint32)old[group] << 16;
        const uint32 seen = filterPair(nine, pair, filter, falloff);
        const long long output = (long long)row * target.chromaPitch + column * target.chromaStep;
        target.cb[output] = (uint8)seen;
        target.cr[output] = (uint8)(seen >> 16);
        uint16* history = reinterpret_cast<uint16*>(target.history.chroma + at);
        history[0] = (uint16)pair;
        history[group] = (uint16)(pair >> 16);
    }

    // Filters the samples of the block in this column and row of blocks.
    __device__ __forceinline__ void filterBlock(int blockColumn, int blockRow, const Filter& filter,
                                                uint32 falloff, const Target& target) const {
#pragma unroll 1
        for (int i = 0; i < rows * columns; i++) {
            const int column = blockColumn * columns + i % columns;
            const int row = blockRow * rows + i / columns;
            if (column <= lastColumn && row <= lastRow) {
                filterOne(column, row, filter, falloff, target);
            }
        }
    }
};

}  // namespace
