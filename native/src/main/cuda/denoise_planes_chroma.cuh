// Chroma of any planes, read and written where it lies in global memory: pairs of Cb and Cr.
#pragma once
#include "denoise_planes_moving.cuh"

namespace {

struct AnyChroma {
    const RowOfBlocks& row;
    int lastColumn;
    int lastRow;
    int columns;                // samples of a block side by side
    int rows;

    __device__ __forceinline__ explicit AnyChroma(const RowOfBlocks& row) : row(row) {
        const Picture& picture = row.picture;
        columns = picture.format == YUV444 ? 2 : 1;
        rows = picture.format == YUV420 || picture.format == NV12 ? 1 : 2;
        lastColumn = columns == 2 ? picture.width - 1 : (picture.width - 1) / 2;
        lastRow = rows == 2 ? picture.height - 1 : picture.lastRow;
    }

    __device__ __forceinline__ uint32 pairAt(int column, int y) const {
        const Planes& from = row.picture.from;
        const uint32 at = min(max(y, 0), lastRow) * from.chromaPitch +
                             min(max(column, 0), lastColumn) * from.chromaStep;
        return WITH_LEVELS | from.cb[at] | (uint32)from.cb[at + from.crAt] << 16;
    }

    __device__ __forceinline__ void filterSample(int column, int y, const Filter& filter) const {
        Nine nine;
#pragma unroll
        for (int i = 0; i < 9; i++) {
            nine.at[i / 3][i % 3] = pairAt(column + i % 3 - 1, y + i / 3 - 1);
        }
        const Picture& picture = row.picture;
        const int group = BLOCKS * columns;     // samples that a lane has
        const uint32 at = y * picture.means.chromaPitch +
                             2 * (column / group * 2 * group + column % group);
        const uint16* old = reinterpret_cast<const uint16*>(picture.means.chroma + at);
        uint32 pair = old[0] | (uint32)old[group] << 16;
        const uint32 seen = filterPair(nine, pair, filter, filter.chromaFalloff);
        const Planes to = picture.to;
        uint8* cb = to.cb + (y * to.chromaPitch + column * to.chromaStep);
        cb[0] = (uint8)seen;
        cb[to.crAt] = (uint8)(seen >> 16);
        uint16* means = reinterpret_cast<uint16*>(picture.newMeans.chroma + at);
        means[0] = (uint16)pair;
        means[group] = (uint16)(pair >> 16);
    }

    // Filters the samples that lie in a block, none where the picture is grey.
    __device__ static __forceinline__ void filter(const RowOfBlocks& row, int lane, int block,
                                                  const Filter& filter) {
        if (row.picture.format == GRAY8) {
            return;
        }
        const AnyChroma chroma(row);
        const int x = (row.left + GROUP * lane + 2 * block) / 2 * chroma.columns;
#pragma unroll 1
        for (int i = 0; i < chroma.rows * chroma.columns; i++) {
            const int column = x + i % chroma.columns;
            const int y = row.row * chroma.rows + i / chroma.columns;
            if (column <= chroma.lastColumn && y <= chroma.lastRow) {
                chroma.filterSample(column, y, filter);
            }
        }
    }
};

}  // namespace
