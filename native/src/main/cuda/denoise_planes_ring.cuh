// How the kernel for planes reads: two rows of pixels with what belongs to them, a row of blocks, at a time
// into a ring in shared memory, of which each lane looks at its own columns alone. While one is looked at, the next
// is on its way.
//
// Cards from compute capability 8.0 on copy past the registers.
#pragma once
#include "picture.cuh"
#include "types.cuh"

#ifndef ASYNC_COPIES
#define ASYNC_COPIES (__CUDA_ARCH__ >= 800)
#endif

namespace {

constexpr int LANES = 32;
constexpr int GROUP = 8;                        // columns of a lane
constexpr int BLOCKS = GROUP / 2;               // blocks of 2 x 2 pixels of a lane
constexpr int STRIP = GROUP * (LANES - 2);      // columns from one strip to the next
constexpr int RING = 3;                         // rows of blocks: one filtered, one new, one on its way
constexpr uint32 ALL = 0xFFFFFFFF;

// Means of eight numbers side by side, 16 bits each.
struct __align__(16) Means {
    uint32 at[GROUP / 2];
};

// Sums over the surroundings of a lane's blocks.
struct __align__(16) Sums {
    uint32 at[BLOCKS];
};

// Two rows of pixels. Of halved chroma, which is one row, means are those of four samples of Cb, then of
// four of Cr.
struct BlockRow {
    Means means[2][LANES];
    Means chromaMeans[LANES];
    uint2 luma[2][LANES];
    uint32 cb[LANES];
    uint32 cr[LANES];
};

// The place of a lane's eight columns.
struct Columns {
    int x;                      // of the first, within the picture
    int inside;                 // how many of them the picture has
    bool first;                 // whether they are the picture's first ones
    bool last;
    bool owned;                 // whether this lane filters them
};

// The first and the last lane of a strip read what the next strips filter.
__device__ __forceinline__ Columns columnsOf(int strip, int lane, int width) {
    const int x = STRIP * strip + GROUP * (lane - 1);
    const int lastGroup = (width - 1) & ~(GROUP - 1);
    Columns columns;
    columns.x = min(max(x, 0), lastGroup);
    columns.inside = min(width - columns.x, GROUP);
    columns.first = x <= 0;
    columns.last = x >= lastGroup;
    columns.owned = lane > 0 && lane < LANES - 1 && x <= lastGroup;
    return columns;
}

__device__ __forceinline__ int laneOfThread() { return threadIdx.x % LANES; }

// Copies so many bytes; they arrive before awaitCopies() returns.
template <int BYTES>
__device__ __forceinline__ void copyLater(void* place, const void* from) {
#if ASYNC_COPIES
    if (BYTES == 16) {
        asm volatile("cp.async.cg.shared.global [%0], [%1], 16;"
                     :: "r"((uint32)__cvta_generic_to_shared(place)), "l"(from) : "memory");
    } else {
        asm volatile("cp.async.ca.shared.global [%0], [%1], %2;"
                     :: "r"((uint32)__cvta_generic_to_shared(place)), "l"(from), "n"(BYTES)
                     : "memory");
    }
#else
    if (BYTES == 16) {
        *reinterpret_cast<uint4*>(place) = __ldcs(reinterpret_cast<const uint4*>(from));
    } else if (BYTES == 8) {
        *reinterpret_cast<uint2*>(place) = __ldcs(reinterpret_cast<const uint2*>(from));
    } else {
        *reinterpret_cast<uint32*>(place) = __ldg(reinterpret_cast<const uint32*>(from));
    }
#endif
}

__device__ __forceinline__ void awaitCopies() {
#if ASYNC_COPIES
    asm volatile("cp.async.wait_all;" ::: "memory");
#endif
}

// Where histories lie: means of luma, in rows of whole groups and a whole number of blocks, then those of chroma,
// as BlockRow says, or of eight samples each where chroma has whole rows.
struct History {
    uint8* luma;
    uint8* chroma;
    int pitch;                  // bytes from one row of luma to the next
    int chromaPitch;
};

__device__ __forceinline__ History historyOf(const DenoisePicture& picture, uint64 address) {
    uint8* luma = reinterpret_cast<uint8*>(address);
    const int pitch = 2 * picture.historyPitch;
    return {luma, luma + (long long)pitch * ((picture.height + 1) & ~1), pitch,
            picture.format == YUV444 ? 2 * pitch : pitch};
}

// Reads YUV420 whose groups of eight columns lie on whole words, one row of blocks after the other; reads all
// bytes of the last group, too.
struct Yuv420Source {
    const uint8* luma;
    const uint8* cb;
    const uint8* cr;
    const uint8* means;
    const uint8* chromaMeans;
    uint32 pitch;
    uint32 samplePitch;
    uint32 meansPitch;
    int inside;

    // From this row of blocks on.
    __device__ __forceinline__ Yuv420Source(const DenoisePicture& picture, const Columns& columns,
                                            int row)
        : pitch(picture.pitch), samplePitch(picture.pitch / 2),
          meansPitch(2 * picture.historyPitch), inside(columns.inside) {
        const uint8* pixels = reinterpret_cast<const uint8*>(picture.pixels);
        const ChromaPlanes planes = chromaOf(pixels, picture.pitch, picture.width, picture.height, YUV420);
        const History history = historyOf(picture, picture.history);
        luma = pixels + columns.x + (long long)(2 * row) * pitch;
        cb = planes.cb + columns.x / 2 + (long long)row * planes.pitch;
        cr = cb + (planes.cr - planes.cb);
        means = history.luma + 2 * columns.x + (long long)(2 * row) * meansPitch;
        chromaMeans = history.chroma + 2 * columns.x + (long long)row * meansPitch;
    }

    __device__ __forceinline__ void advance() {
        luma += 2 * pitch;
        cb += samplePitch;
        cr += samplePitch;
        means += 2 * meansPitch;
        chromaMeans += meansPitch;
    }

    // Requests the row of blocks; of the last one the picture may lack the lower row, which equals the upper then.
    __device__ __forceinline__ void request(BlockRow& to, bool hasLower) const {
        const int lane = laneOfThread();
        copyLater<8>(&to.luma[0][lane], luma);
        copyLater<8>(&to.luma[1][lane], luma + (hasLower ? pitch : 0));
        copyLater<16>(&to.means[0][lane], means);
        copyLater<16>(&to.means[1][lane], means + meansPitch);
        copyLater<4>(&to.cb[lane], cb);
        copyLater<4>(&to.cr[lane], cr);
        copyLater<16>(&to.chromaMeans[lane], chromaMeans);
    }

    // Of the last columns, those that the picture lacks equal the last one that it has.
    __device__ __forceinline__ void extend(BlockRow& row) const {
        if (inside == GROUP) {
            return;
        }
        const int lane = laneOfThread();
        const int samples = (inside + 1) / 2;
#pragma unroll
        for (int k = 0; k < 2; k++) {
            const uint2 words = row.luma[k][lane];
            row.luma[k][lane] = {__byte_perm(words.x, words.y, upTo(0x3210, inside - 1)),
                                 __byte_perm(words.x, words.y, upTo(0x7654, inside - 1))};
        }
        row.cb[lane] = __byte_perm(row.cb[lane], 0, upTo(0x3210, samples - 1));
        row.cr[lane] = __byte_perm(row.cr[lane], 0, upTo(0x3210, samples - 1));
    }

    // The selector of bytes with no place beyond this one.
    __device__ static __forceinline__ uint32 upTo(uint32 selector, int last) {
        uint32 limited = 0;
#pragma unroll
        for (int i = 0; i < 4; i++) {
            limited |= (uint32)min((int)(selector >> 4 * i & 0xF), last) << 4 * i;
        }
        return limited;
    }
};

// Reads luma of any planes, byte by byte.
struct AnySource {
    const uint8* luma;
    const uint8* means;
    uint32 pitch;
    uint32 meansPitch;
    int lastColumn;

    __device__ __forceinline__ AnySource(const DenoisePicture& picture, const Columns& columns,
                                         int row)
        : luma(reinterpret_cast<const uint8*>(picture.pixels) + columns.x +
               (long long)(2 * row) * picture.pitch),
          means(historyOf(picture, picture.history).luma + 2 * columns.x),
          pitch(picture.pitch), meansPitch(2 * picture.historyPitch),
          lastColumn(columns.inside - 1) {
        means += (long long)(2 * row) * meansPitch;
    }

    __device__ __forceinline__ void advance() {
        luma += 2 * pitch;
        means += 2 * meansPitch;
    }

    __device__ __forceinline__ void request(BlockRow& to, bool hasLower) const {
        const int lane = laneOfThread();
        copyLater<16>(&to.means[0][lane], means);
        copyLater<16>(&to.means[1][lane], means + meansPitch);
#pragma unroll 1
        for (int i = 0; i < 2 * GROUP; i++) {
            const uint8* pixels = luma + (i >= GROUP && hasLower ? pitch : 0);
            reinterpret_cast<uint8*>(&to.luma[i / GROUP][lane])[i % GROUP] =
                pixels[min(i % GROUP, lastColumn)];
        }
    }

    __device__ __forceinline__ void extend(BlockRow&) const {}
};

}  // namespace
