// The samples of chroma that lie in a block: pairs of Cb and Cr, from the ring or from memory.
#pragma once
#include "denoise_planes_motion.cuh"
#include "denoise_planes_mean.cuh"
#include "denoise_planes_spatial.cuh"

namespace {

// A block that is filtered by a single lane.
struct Block {
    int lane;                   // whose columns it has
    int place;                  // among the blocks of that lane
    int x;                      // of its first pixel
    int row;                    // of blocks
};

// Rows of blocks: one above the other, those at the edge also beyond it.
struct ThreeRows {
    const BlockRow* above;
    BlockRow* own;
    const BlockRow* below;
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

// Filters a pair of samples; returns what is seen, in the first and in the third byte.
__device__ __forceinline__ uint32 filterSamples(const Nine& nine, uint32& means,
                                                const Weights& weights, uint32 falloff,
                                                uint32 share) {
    means = updated(means, nine.at[1][1] - WITH_LEVELS, weights);
    return mixed(nine, means, falloff, share);
}

__device__ __forceinline__ void storeSamples(const Target& target, int column, int row, uint32 seen) {
    const long long at = (long long)row * target.chromaPitch + column * target.chromaStep;
    target.cb[at] = (uint8)seen;
    target.cr[at] = (uint8)(seen >> 16);
}

// The sample of a block of YUV420, which lies in the ring.
struct RingChroma {
    __device__ __forceinline__ RingChroma(const DenoisePicture&) {}

    // Which bytes of two words are the sample and those beside it; those at the edge stand for what is beyond.
    __device__ static __forceinline__ uint32 selectorOf(const Block& block, int width) {
        const uint32 first = block.place == 0 ? 3 : block.place - 1;
        const uint32 before = block.x == 0 ? first + 1 : first;
        const uint32 behind = block.x + 2 >= width ? first + 1 : first + 2;
        return before | (first + 1) << 4 | behind << 8;
    }

    __device__ static __forceinline__ void read(const BlockRow& row, int word, uint32 selector,
                                                uint32* three) {
        const uint32 cb = __byte_perm(row.cb[word], row.cb[word + 1], selector);
        const uint32 cr = __byte_perm(row.cr[word], row.cr[word + 1], selector);
        const uint32 pairs = __byte_perm(cb, cr, 0x5140);
        three[0] = __byte_perm(pairs, WITH_LEVELS, 0x7170);
        three[1] = __byte_perm(pairs, WITH_LEVELS, 0x7372);
        three[2] = __byte_perm(__byte_perm(cb, cr, 0x0062), WITH_LEVELS, 0x7170);
    }

    __device__ __forceinline__ void filter(const ThreeRows& rows, const Block& block, int width,
                                           const Weights& weights, uint32 falloff, uint32 share,
                                           const Target& target) const {
        const uint32 selector = selectorOf(block, width);
        const int word = block.lane - (block.place == 0 ? 1 : 0);
        Nine nine;
        read(*rows.above, word, selector, nine.at[0]);
        read(*rows.own, word, selector, nine.at[1]);
        read(*rows.below, word, selector, nine.at[2]);
        const uint16* own = reinterpret_cast<const uint16*>(&rows.own->chromaMeans[block.lane]);
        uint32 means = own[block.place] | (uint32)own[BLOCKS + block.place] << 16;
        storeSamples(target, block.x / 2, block.row,
                     filterSamples(nine, means, weights, falloff, share));
        uint16* history = reinterpret_cast<uint16*>(
            target.history.chroma + (long long)block.row * target.history.chromaPitch +
            2 * (block.x & ~(GROUP - 1)));
        history[block.place] = (uint16)means;
        history[BLOCKS + block.place] = (uint16)(means >> 16);
    }
};

// The samples of a block of any planes, which lie in memory.
struct AnyChroma {
    const uint8* cb;
    const uint8* cr;
    const uint8* means;
    int pitch;
    int step;
    int lastColumn;
    int lastRow;
    int columns;                // samples of a block side by side, none where there is no colour
    int rows;

    __device__ __forceinline__ AnyChroma(const DenoisePicture& picture) {
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

    __device__ __forceinline__ void filterOne(int column, int row, const Weights& weights,
                                              uint32 falloff, uint32 share,
                                              const Target& target) const {
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
        storeSamples(target, column, row, filterSamples(nine, pair, weights, falloff, share));
        uint16* history = reinterpret_cast<uint16*>(target.history.chroma + at);
        history[0] = (uint16)pair;
        history[group] = (uint16)(pair >> 16);
    }

    __device__ __forceinline__ void filter(const ThreeRows&, const Block& block, int,
                                           const Weights& weights, uint32 falloff, uint32 share,
                                           const Target& target) const {
#pragma unroll 1
        for (int i = 0; i < rows * columns; i++) {
            const int column = block.x / 2 * columns + i % columns;
            const int row = block.row * rows + i / columns;
            if (column <= lastColumn && row <= lastRow) {
                filterOne(column, row, weights, falloff, share, target);
            }
        }
    }
};

}  // namespace
