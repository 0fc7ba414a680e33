// The way of a warp of the denoise kernel down a strip of a band.
#pragma once
#include "denoise_bilateral.cuh"
#include "denoise_few.cuh"
#include "denoise_history.cuh"
#include "denoise_input.cuh"

namespace {

// The rows that a warp needs again.
struct Rings {
    Words pixels[RING][LANES];
    Words sums[WINDOW][LANES];   // of 5 differences side by side
    HistoryRing history;
    FewPixels few;
};

// Filters four pixels; by all lanes of a warp together.
__device__ __forceinline__ void filterMoving(const Words (*rows)[LANES], int slot, int lane,
                                             const Columns& columns, const Words& sums,
                                             const Parameters& p, Words& words, Words& seen) {
    const Words pixels = ring(rows[slot][lane]);
    uint32 shares[4];
#pragma unroll
    for (int i = 0; i < 4; i++) {
        words.at[i] =
            filterPixel(words.at[i], sums.at[i], pixels.at[i], p, shares[i], seen.at[i]);
    }
    const uint32 most = max(max(shares[0], shares[1]), max(shares[2], shares[3]));
    if (__any_sync(ALL, columns.owned && most > 0)) {
        Sums around[4];
        sumAround(rows, slot, lane, columns, -p.falloff, around);
#pragma unroll
        for (int i = 0; i < 4; i++) {
            seen.at[i] = mixed(around[i], words.at[i], shares[i]);
        }
    }
}

// Means are not read again before the next frame, and then come from memory; the picture is what the network
// is given next.
__device__ __forceinline__ void store(const DenoisePicture& picture, int x, int y, const Words& words,
                                      const Words& seen) {
    uint32* history = reinterpret_cast<uint32*>(picture.newHistory) + (y * picture.historyPitch + x);
    __stcs(reinterpret_cast<uint4*>(history),
           uint4{words.at[0], words.at[1], words.at[2], words.at[3]});
    uint32* output =
        reinterpret_cast<uint32*>(picture.output + (uint32)(y * picture.outputPitch + 3 * x));
    output[0] = __byte_perm(seen.at[0], seen.at[1], 0x4210);
    output[1] = __byte_perm(seen.at[1], seen.at[2], 0x5421);
    output[2] = __byte_perm(seen.at[2], seen.at[3], 0x6542);
}

// Sums over windows of 5 x 5 differences, of each pixel of a lane: sums of the last five rows side by side.
struct WindowSums {
    Words words;
    int oldest;                 // place of the row that leaves next

    __device__ __forceinline__ explicit WindowSums(Words (*rows)[LANES])
        : words{{0, 0, 0, 0}}, oldest(0) {
#pragma unroll
        for (int i = 0; i < WINDOW; i++) {
            put(rows[i][threadIdx.x % LANES], {{0, 0, 0, 0}});
        }
    }

    // Lets the sums of another row in, and those of the oldest one out.
    __device__ __forceinline__ void advance(Words (*rows)[LANES], const Words& across) {
        Words& place = rows[oldest][threadIdx.x % LANES];
        const Words gone = ring(place);
        put(place, across);
        oldest = oldest == WINDOW - 1 ? 0 : oldest + 1;
#pragma unroll
        for (int k = 0; k < 4; k++) {
            words.at[k] += across.at[k] - gone.at[k];
        }
    }
};

// Filters the pixels of a row that lie in this place of the ring, by a warp; words are their means.
__device__ __forceinline__ void filterRow(Rings& rings, int slot, const Words& history,
                                          const Words& sums, const Columns& columns,
                                          const Parameters& p, const Still& stillness,
                                          uint32 settledWeight, Words& words, Words& seen) {
    const int lane = threadIdx.x % LANES;
    words = ring(history);
    const bool still = isStill(sums, words, stillness) | !columns.owned;
    const uint32 moving = __ballot_sync(ALL, !still);
    if (__popc(moving) > FEW_GROUPS) {
        filterMoving(rings.pixels, slot, lane, columns, sums, p, words, seen);
        return;
    }
    filterStill(ring(rings.pixels[slot][lane]), settledWeight, words, seen);
    if (moving != 0) {
        filterFew(rings.pixels, slot, moving, columns, sums, history, p, rings.few, words, seen);
    }
}

// Filters a strip of a band, by a warp.
template <class Rows>
__device__ __forceinline__ void filterStrip(const DenoisePicture& picture, const Parameters& p,
                                            const Columns& columns, Rings& rings, int top,
                                            int rows) {
    const int lane = threadIdx.x % LANES;
    const Still stillness = p.still;
    const uint32 settledWeight = p.ofAge[3].newestWeight;
    const int lastRow = picture.height - 1;
    const int count = min(rows, picture.height - top) + 2 * RADIUS;
    const bool edge = __any_sync(ALL, columns.first || columns.last);
    int y = top - RADIUS;
    HistoryRows history(picture, columns, p.fresh, y, count, rings.history);
    const Rows source(picture, columns);
    typename Rows::Raw raw = source.fetch(y);
    WindowSums sums(rings.sums);
    Words pixels = {{0, 0, 0, 0}};
    Words below = pixels;
#pragma unroll 1
    for (int i = 0; i < count; i++, y++) {
        if ((i & 1) == 0) {
            history.advance(rings.history, i, y);
            const RowPair pair = source.convert(raw);
            // Rows beyond the edge equal the one at the edge.
            pixels = y <= lastRow ? pair.upper : below;
            below = y >= 0 && y < lastRow ? pair.lower : pixels;
            if (i + 2 < count) {
                raw = source.fetch(y + 2);
            }
        } else {
            pixels = below;
        }
        Words differences = differencesOf(pixels, ring(placeOf(rings.history, i)));
        if (edge) {
            extend(pixels, columns.inside);
            extend(differences, columns.inside);
        }
        sums.advance(rings.sums, sumsAcross(differences, edge, columns));
        put(rings.pixels[i & (RING - 1)][lane], pixels);
        if (i < 2 * RADIUS) {
            continue;
        }
        Words words;
        Words seen;
        filterRow(rings, (i & (RING - 1)) ^ RADIUS, placeOf(rings.history, i - RADIUS), sums.words,
                  columns, p, stillness, settledWeight, words, seen);
        if (columns.owned) {
            store(picture, columns.x, y - RADIUS, words, seen);
        }
    }
}

}  // namespace
