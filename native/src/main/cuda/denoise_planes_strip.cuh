// The way of a warp down a strip of a picture in planes, a row of blocks at a time.
#pragma once
#include "denoise_planes_chroma.cuh"
#include "denoise_planes_source.cuh"

namespace {

// What a warp has in shared memory.
struct Shelf {
    Rings rings;
    Moving moving;
};

// YUV420 on whole words: where nothing moves, lanes filter their own columns.
struct Yuv420Way {
    typedef Yuv420Source Source;
    typedef RingChroma Chroma;
    static constexpr bool STILL = true;
};

// Other planes, of which all blocks are filtered as if they moved.
struct AnyWay {
    typedef AnySource Source;
    typedef AnyChroma Chroma;
    static constexpr bool STILL = false;
};

template <class Way>
struct Strip {
    const Picture& picture;
    const Parameters& p;
    const Columns& columns;
    Shelf& shelf;
    const Weights settled;
    const Still still;
    const bool edge;

    __device__ __forceinline__ Strip(const Picture& picture, const Parameters& p,
                                     const Columns& columns, Shelf& shelf)
        : picture(picture), p(p), columns(columns), shelf(shelf),
          settled(weightsOf(p.ofAge[3].newestWeight)), still(p.still),
          edge(__any_sync(ALL, columns.first || columns.last || columns.hasOne)) {}

    // Requests a row of blocks, into the place so many behind that of the row below. Beyond the edges, the row
    // at the edge stands.
    __device__ __forceinline__ void request(const Places& places, int ahead, int row) const {
        Way::Source::request(picture, columns, min(max(row, 0), picture.lastRow),
                             shelf.rings.pixels[moved(places.below, ahead, PIXEL_RING)],
                             shelf.rings.means[moved(places.belowMeans, ahead, MEANS_RING)]);
    }

    // Filters a row of blocks, by a warp; sums are those in the surroundings of its blocks.
    __device__ __forceinline__ void filterRow(const Places& places, int row, const Words& sums) const {
        MeansRow& means = shelf.rings.means[places.ownMeans];
        bool moves = columns.owned;
        if (Way::STILL) {
            moves &= !areStill(sums, means.luma[0][placeOfLane(laneOfThread())], still);
        }
        const uint32 groups = __ballot_sync(ALL, moves);
        if (groups != 0) {
            filterMoving<typename Way::Chroma>(
                {picture, p, shelf.rings.pixels, means, shelf.moving, places, row, columns.left},
                groups, sums);
        }
        if (columns.owned) {
            const Filtered filtered =
                moves ? movedGroup(means, shelf.moving, shelf.rings.pixels[places.above])
                      : filterStill(shelf.rings.pixels[places.own], means, settled);
            store<Way::STILL>(picture, columns.x, row, filtered);
        }
    }

    // Filters so many rows of blocks from this one on, by a warp; one above and one below them are looked at,
    // too.
    __device__ __forceinline__ void filter(int top, int mostRows) const {
        const int count = min(mostRows, picture.lastRow + 1 - top) + 2;
        Places places;
        Sums upper = {};            // of the row that is filtered and the one above it
        Sums own = {};
#pragma unroll
        for (int i = 0; i < ROWS_AHEAD; i++) {
            request(places, i, top - 1 + i);
            endOfRow();
        }
#pragma unroll 1
        for (int i = 0; i < count; i++) {
            if (i + ROWS_AHEAD < count) {
                request(places, ROWS_AHEAD, top - 1 + i + ROWS_AHEAD);
            }
            endOfRow();
            awaitRow();
            PixelRow& pixels = shelf.rings.pixels[places.below];
            if (edge) {
                Way::Source::extend(pixels, columns);
            }
            const Sums below = blockSums(pixels, shelf.rings.means[places.belowMeans]);
            if (i >= 2) {
                filterRow(places, top + i - 2, around(added(upper, below), edge, columns));
            }
            upper = added(own, below);
            own = below;
            places.advance();
        }
    }
};

}  // namespace
