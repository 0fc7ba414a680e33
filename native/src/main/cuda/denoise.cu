// Noise reduction of the pictures of a batch, which belong to different cameras: a temporal mean for
// each pixel that is still, a bilateral filter of 3 x 3 pixels where there is motion. Twin of
// PictureFilter.java, in the same integers; the algorithm is described there and in docs/denoise.md.
//
// Traffic in DRAM, bytes a pixel: 3 of the picture (1.5 with halved chroma), 4 of history, 4 of new
// history, 3 of output: 14.
//
// A warp filters a strip of 120 columns, 4 a lane, and walks down its rows: it reads a row of pixels
// and history two rows below the one that it filters, while the next one is on its way. Rows that are
// needed again lie in rings in shared memory, where each lane looks at its own columns alone; what it
// needs of neighbours comes by shuffles. The first and the last lane read columns of the next strips, and
// filter only at the edges of the picture. Where nothing moves and all means are settled, which a warp
// finds out for a row of its strip as a whole, most of the work is left out.
//
// Launch: blocks of 128 threads, the strips of a picture side by side and then in bands of so many rows one
// below the other, 4 a block; grid (strips and bands of the largest picture / 4, pictures), rounded up.
// Shared memory: 6.5 KB a warp.
//
// A picture reads one history and writes another, since strips read their neighbours' pixels.
#include "picture.cuh"
#include "types.cuh"

#ifndef BLOCKS_AN_SM
#define BLOCKS_AN_SM 6
#endif
#ifndef PAIRED_STORES
#define PAIRED_STORES 1
#endif

namespace {

constexpr int WARPS = 4;
constexpr int LANES = 32;
constexpr int STRIP = 4 * (LANES - 2);  // columns from one strip to the next
constexpr int RADIUS = 2;               // of the window whose differences are summed
constexpr int WINDOW = 2 * RADIUS + 1;
constexpr int RING = 4;                 // rows from the one above the filtered one to the newest
constexpr uint32 ALL = 0xFFFFFFFF;
constexpr int CENTRE_WEIGHT = 28;
constexpr int MOTION_OFFSET = 427;
constexpr int GREATEST_MEASURE = 0xFFFF;
constexpr uint32 SETTLED = 3u << 30;

struct __align__(16) Words {
    uint32 at[4];
};

// The rows that a warp needs again.
struct Rings {
    Words pixels[RING][LANES];   // red, green, blue from the lowest byte on
    Words words[RING][LANES];    // of history
    Words sums[WINDOW][LANES];   // of 5 differences side by side
};

// What holds for a pixel by the age of its mean.
struct __align__(16) OfAge {
    int expectedDifference;
    int motionGain;
    int newestWeight;
    int spatialShare;
};

// When pixels with settled means do not move, with 16 bits behind the point.
struct Still {
    uint32 magnitudes;          // their sum is less
    uint32 sum;                 // the magnitude of the sum is not more
};

// What holds for all pixels of a picture.
struct Parameters {
    OfAge ofAge[4];
    int fresh;
    int leastMotion;            // 256 where the picture is fresh
    int motionShare;
    int falloff;
    Still still;
};

// The place of a lane's four columns.
struct Columns {
    int x;                      // of the first, within the picture
    int inside;                 // how many of them the picture has
    bool first;                 // whether they are the picture's first ones
    bool last;
    bool owned;                 // whether this lane filters them
};

__device__ __forceinline__ uint32 packed(const Pixel& pixel) {
    return pixel.red | pixel.green << 8 | pixel.blue << 16;
}

__device__ __forceinline__ Words ring(const Words& words) {
    const uint4 four = *reinterpret_cast<const uint4*>(&words);
    return {{four.x, four.y, four.z, four.w}};
}

__device__ __forceinline__ void put(Words& place, const Words& words) {
    *reinterpret_cast<uint4*>(&place) = {words.at[0], words.at[1], words.at[2], words.at[3]};
}

// The difference of a pixel's brightness to its mean; its magnitude is added in the upper half. Red and
// blue of the word are added by a multiplication, twice the green as well, 20 bits up.
__device__ __forceinline__ uint32 difference(uint32 pixel, uint32 word) {
    const uint32 mean = (word & 0x3FF003FF) * 0x100001 + ((word & 0xFFC00) << 11);
    const int luma = (int)__dp4a(pixel, 0x00010201u, 0u) - (int)(mean >> 22);
    return ((uint32)abs(luma) << 16) + luma;
}

// Pixels of RGB8 or BGR8 whose groups of four lie on whole words.
struct RgbRows {
    struct Raw {
        uint32 at[3];
    };

    const uint8* row;
    int pitch;
    bool blueFirst;

    __device__ __forceinline__ RgbRows(const DenoisePicture& picture, const Columns& columns,
                                       int y) {
        row = reinterpret_cast<const uint8*>(picture.pixels) + (long long)y * picture.pitch +
              3 * columns.x;
        pitch = picture.pitch;
        blueFirst = picture.format == BGR8;
    }

    __device__ __forceinline__ Raw fetch() {
        const uint32* words = reinterpret_cast<const uint32*>(row);
        return {{__ldg(words), __ldg(words + 1), __ldg(words + 2)}};
    }

    __device__ __forceinline__ void advance(int, bool down) { row += down ? pitch : 0; }

    __device__ __forceinline__ Words convert(const Raw& raw, int, bool, const Columns&) {
        Words four = {{raw.at[0] & 0xFFFFFF, __byte_perm(raw.at[0], raw.at[1], 0x0543) & 0xFFFFFF,
                       __byte_perm(raw.at[1], raw.at[2], 0x0432) & 0xFFFFFF, raw.at[2] >> 8}};
        if (blueFirst) {
#pragma unroll
            for (int i = 0; i < 4; i++) {
                four.at[i] = __byte_perm(four.at[i], 0, 0x4012);
            }
        }
        return four;
    }
};

// Pixels of YUV420 with at least three columns of samples: rows of samples are read once for the two rows
// of pixels that lie between them. Cb lies in the lower half of a word, Cr in the upper.
struct Yuv420Rows {
    struct Raw {
        uint32 luma;
        uint32 cb;
        uint32 cr;
        bool advances;          // whether there is a new row of samples
    };
    struct Samples {
        uint32 first;
        uint32 second;
    };

    const uint8* luma;
    const uint8* cb;
    const uint8* cr;
    int pitch;
    int lastRow;
    int newRow;                 // of samples, if the next row of pixels is the first to need it
    Samples upper;
    Samples lower;

    __device__ __forceinline__ Yuv420Rows(const DenoisePicture& picture, const Columns& columns,
                                          int y) {
        const uint8* pixels = reinterpret_cast<const uint8*>(picture.pixels);
        pitch = picture.pitch;
        luma = pixels + (long long)y * pitch + columns.x;
        const ChromaPlanes planes = chromaOf(pixels, pitch, picture.width, picture.height, YUV420);
        cb = planes.cb + columns.x / 2;
        cr = planes.cr + columns.x / 2;
        lastRow = planes.lastRow;
        newRow = -1;
        Raw raw;
        fetchSamples(raw, (y - 1) >> 1);
        upper = samples(raw, columns);
        fetchSamples(raw, ((y - 1) >> 1) + 1);
        lower = samples(raw, columns);
    }

    __device__ __forceinline__ void fetchSamples(Raw& raw, int row) {
        const long long at = (long long)min(max(row, 0), lastRow) * (pitch >> 1);
        raw.cb = __ldg(reinterpret_cast<const uint16*>(cb + at));
        raw.cr = __ldg(reinterpret_cast<const uint16*>(cr + at));
    }

    __device__ __forceinline__ Samples samples(const Raw& raw, const Columns& columns) {
        const uint32 first = __byte_perm(raw.cb, raw.cr, 0x2420);
        // Beyond the last column of samples, that one stands.
        return {first, columns.inside > 2 ? __byte_perm(raw.cb, raw.cr, 0x2521) : first};
    }

    __device__ __forceinline__ Raw fetch() {
        Raw raw;
        raw.luma = __ldg(reinterpret_cast<const uint32*>(luma));
        raw.advances = newRow >= 0;
        if (raw.advances) {
            fetchSamples(raw, newRow);
        }
        return raw;
    }

    __device__ __forceinline__ void advance(int y, bool down) {
        luma += down ? pitch : 0;
        newRow = down && (y & 1) ? (y + 1) >> 1 : -1;
    }

    __device__ __forceinline__ Words convert(const Raw& raw, int y, bool edge,
                                             const Columns& columns) {
        if (raw.advances) {
            upper = lower;
            lower = samples(raw, columns);
        }
        const bool odd = y & 1;
        const uint32 first = odd ? 3 * upper.first + lower.first : 3 * lower.first + upper.first;
        const uint32 second =
            odd ? 3 * upper.second + lower.second : 3 * lower.second + upper.second;
        uint32 before = __shfl_up_sync(ALL, second, 1);
        uint32 after = __shfl_down_sync(ALL, first, 1);
        if (edge) {
            before = columns.first ? first : before;
            after = columns.last ? second : after;
        }
        const uint32 left = 3 * first + 0x00070007;
        const uint32 right = 3 * second + 0x00070007;
        Words four;
        pair(four.at, __byte_perm(raw.luma, 0, 0x4140), left + before + 0x00010001, left + second);
        pair(four.at + 2, __byte_perm(raw.luma, 0, 0x4342), right + first + 0x00010001,
             right + after);
        return four;
    }

    __device__ __forceinline__ void pair(uint32* pixels, uint32 lumaPair, uint32 left,
                                         uint32 right) {
        const ColourPair colours = fromJpeg(lumaPair, {left, right});
        const uint32 redGreen = __byte_perm(colours.at[0], colours.at[1], 0x6240);
        pixels[0] = __byte_perm(redGreen, colours.at[2], 0x5410);
        pixels[1] = __byte_perm(redGreen, colours.at[2], 0x7632);
    }
};

// Pixels of any picture, one by one.
struct AnyRows {
    typedef Words Raw;

    const DenoisePicture& picture;
    int x;
    int y;

    __device__ __forceinline__ AnyRows(const DenoisePicture& picture, const Columns& columns, int y)
        : picture(picture), x(columns.x), y(y) {}

    __device__ __forceinline__ void advance(int row, bool) { y = row; }

    __device__ __forceinline__ Raw fetch() {
        Words four;
#pragma unroll 1
        for (int i = 0; i < 4; i++) {
            const int column = min(x + i, picture.width - 1);
            const uint32 pixel = packed(readPixel(reinterpret_cast<const uint8*>(picture.pixels),
                                                  picture.pitch, picture.width, picture.height,
                                                  picture.format, column, y));
            // Words of a register file cannot be chosen by a number: they move up instead.
            four.at[0] = four.at[1];
            four.at[1] = four.at[2];
            four.at[2] = four.at[3];
            four.at[3] = pixel;
        }
        return four;
    }

    __device__ __forceinline__ Words convert(const Raw& raw, int, bool, const Columns&) {
        return raw;
    }
};

// Sums of 5 differences side by side.
__device__ __forceinline__ Words sumsAcross(const Words& d, bool edge, const Columns& columns) {
    const uint32 firstPair = d.at[0] + d.at[1];
    const uint32 secondPair = d.at[2] + d.at[3];
    uint32 pairBefore = __shfl_up_sync(ALL, secondPair, 1);
    uint32 before = __shfl_up_sync(ALL, d.at[3], 1);
    uint32 after = __shfl_down_sync(ALL, d.at[0], 1);
    uint32 pairAfter = __shfl_down_sync(ALL, firstPair, 1);
    if (edge) {
        // Beyond the edge, the pixel at the edge stands for all.
        pairBefore = columns.first ? 2 * d.at[0] : pairBefore;
        before = columns.first ? d.at[0] : before;
        after = columns.last ? d.at[3] : after;
        pairAfter = columns.last ? 2 * d.at[3] : pairAfter;
    }
    const uint32 both = firstPair + secondPair;
    return {{pairBefore + firstPair + d.at[2], before + both, both + after,
             d.at[1] + secondPair + pairAfter}};
}

// Of the last columns, those that the picture lacks equal the last one that it has.
__device__ __forceinline__ void extend(Words& four, int inside) {
#pragma unroll
    for (int i = 1; i < 4; i++) {
        four.at[i] = i < inside ? four.at[i] : four.at[i - 1];
    }
}

__device__ __forceinline__ bool isStill(const Words& sums, const Words& words, const Still& p) {
    bool still = (words.at[0] & words.at[1] & words.at[2] & words.at[3]) >= SETTLED;
    uint32 most = 0;
#pragma unroll
    for (int i = 0; i < 4; i++) {
        most = max(most, sums.at[i] + 0x8000);
        // The sum is in the lower half.
        still &= sums.at[i] * 0x10000 + p.sum <= 2 * p.sum;
    }
    return still & (most < p.magnitudes);
}

__device__ __forceinline__ OfAge ofAge(const Parameters& p, int age) {
    const int4 four = *reinterpret_cast<const int4*>(&p.ofAge[age]);
    return {four.x, four.y, four.z, four.w};
}

__device__ __forceinline__ int motionOf(uint32 sums, const OfAge& age) {
    const int sum = (short)(sums & 0xFFFF);
    const int magnitudes = (int)(sums + 0x8000) >> 16;
    const int measure =
        min(GREATEST_MEASURE, max(3 * abs(sum), 5 * magnitudes - age.expectedDifference));
    return min(max(((measure * age.motionGain) >> 12) - MOTION_OFFSET, 0), 256);
}

// Red, green and blue of a mean, 22 bits up: whole levels are in the highest byte.
struct Raised {
    uint32 red;
    uint32 green;
    uint32 blue;
};

// What remains of a mean, 22 bits up: its fields are multiplied where they are. With what is added, all
// fit: 1020 * 256 + 640 < 2^18.
__device__ __forceinline__ Raised remains(uint32 word, uint32 rest, uint32 rounding) {
    return {(word & 0x3FF) * (rest << 14) + rounding, (word & 0xFFC00) * (rest << 4) + rounding,
            ((word >> 6) & 0xFFC000) * rest + rounding};
}

// A part of a pixel, in 256ths, and the rest of a mean.
__device__ __forceinline__ Raised blend(uint32 word, uint32 pixel, uint32 weight, uint32 rounding) {
    Raised raised = remains(word, 256 - weight, rounding);
    raised.red += (pixel & 0xFF) * (weight << 16);
    raised.green += (pixel & 0xFF00) * (weight << 8);
    raised.blue += (pixel & 0xFF0000) * weight;
    return raised;
}

// Roundings of means, and of levels made of them: half a level is two quarters.
constexpr uint32 HALF_OF_MEAN = 128 << 14;
constexpr uint32 HALF_OF_LEVEL = 512 << 14;
constexpr uint32 HALF_LEVELS = 2 | 2 << 10 | 2 << 20;

__device__ __forceinline__ uint32 levels(const Raised& raised) {
    return __byte_perm(__byte_perm(raised.red, raised.green, 0x0073), raised.blue, 0x0710);
}

// The new mean, of numbers that half a level was added to.
__device__ __forceinline__ uint32 wordOf(const Raised& raised, uint32 age) {
    const uint32 fields = raised.red >> 22 | (raised.green >> 12 & 0xFFC00);
    return (fields | (raised.blue >> 2 & 0x3FF00000)) - HALF_LEVELS + age;
}

// Four pixels of a row, and one on each side.
struct Six {
    uint32 at[6];
};

__device__ __forceinline__ Six around(const Words& own, const Columns& columns) {
    const uint32 left = __shfl_up_sync(ALL, own.at[3], 1);
    const uint32 right = __shfl_down_sync(ALL, own.at[0], 1);
    return {{columns.first ? own.at[0] : left, own.at[0], own.at[1], own.at[2], own.at[3],
             columns.last ? own.at[3] : right}};
}

// The colours of six pixels, those of a kind side by side: of the first four, then of the last four.
struct Planes {
    uint32 red[2];
    uint32 green[2];
    uint32 blue[2];
};

__device__ __forceinline__ Planes planesOf(const Six& six) {
    uint32 redGreen[3];
    uint32 blue[3];
#pragma unroll
    for (int i = 0; i < 3; i++) {
        redGreen[i] = __byte_perm(six.at[2 * i], six.at[2 * i + 1], 0x5140);
        blue[i] = __byte_perm(six.at[2 * i], six.at[2 * i + 1], 0x0062);
    }
    Planes planes;
#pragma unroll
    for (int i = 0; i < 2; i++) {
        planes.red[i] = __byte_perm(redGreen[i], redGreen[i + 1], 0x5410);
        planes.green[i] = __byte_perm(redGreen[i], redGreen[i + 1], 0x7632);
        planes.blue[i] = __byte_perm(blue[i], blue[i + 1], 0x5410);
    }
    return planes;
}

// The weight of two pixels for each other, in the third byte; the highest one is 0.
__device__ __forceinline__ uint32 weightOf(uint32 pixel, uint32 other, int minusFalloff) {
    return max(0, (int)__vsadu4(pixel, other) * minusFalloff + (CENTRE_WEIGHT << 16 | 0xFFFF));
}

// Weighted sums of the pixels around one; at most 9 * 28 * 255.
struct Sums {
    uint32 red;
    uint32 green;
    uint32 blue;
    uint32 weights;             // of three columns, a byte each
};

// Adds three pixels of a row, of which the middle one has the column i of four.
__device__ __forceinline__ void add(Sums& sums, const Planes& planes, int i, uint32 left,
                                    uint32 middle, uint32 right) {
    const uint32 weights =
        __byte_perm(__byte_perm(left, middle, 0x0062), right, i & 1 ? 0x6107 : 0x7610);
    sums.red = __dp4a(planes.red[i / 2], weights, sums.red);
    sums.green = __dp4a(planes.green[i / 2], weights, sums.green);
    sums.blue = __dp4a(planes.blue[i / 2], weights, sums.blue);
    sums.weights += weights;
}

// 2^20 / weight, rounded down: half of what a quotient may lie below the next whole number is added,
// more than twice the error of the approximation.
__device__ __forceinline__ uint32 reciprocalOf(uint32 weight) {
    float inverse;
    asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(inverse) : "f"((float)weight));
    return (uint32)(1048576.5f * inverse);
}

// The mean of the pixels around one, and a share of it mixed with what the temporal mean is.
__device__ __forceinline__ uint32 mixed(const Sums& sums, uint32 word, uint32 share) {
    const uint32 reciprocal = reciprocalOf(__dp4a(sums.weights, 0x01010101u, 0u));
    const uint32 half = 1 << 19;
    Raised raised = remains(word, 256 - share, HALF_OF_LEVEL);
    raised.red += ((sums.red * reciprocal + half) >> 20) * (share << 16);
    raised.green += ((sums.green * reciprocal + half) >> 20) * (share << 16);
    raised.blue += ((sums.blue * reciprocal + half) >> 20) * (share << 16);
    return levels(raised);
}

__device__ __forceinline__ void sumAround(const Rings& rings, int slot, int lane,
                                          const Columns& columns, int minusFalloff, Sums* sums) {
    const Six row = around(ring(rings.pixels[slot][lane]), columns);
    // Two pixels side by side have the same weight for each other.
    uint32 weights[5];
#pragma unroll
    for (int i = 0; i < 5; i++) {
        weights[i] = weightOf(row.at[i], row.at[i + 1], minusFalloff);
    }
    const Planes planes = planesOf(row);
#pragma unroll
    for (int i = 0; i < 4; i++) {
        sums[i] = {0, 0, 0, 0};
        add(sums[i], planes, i, weights[i], CENTRE_WEIGHT << 16, weights[i + 1]);
    }
#pragma unroll
    for (int down = -1; down <= 1; down += 2) {
        const Six other = around(ring(rings.pixels[(slot + down) & (RING - 1)][lane]), columns);
        const Planes others = planesOf(other);
#pragma unroll
        for (int i = 0; i < 4; i++) {
            const uint32 centre = row.at[i + 1];
            add(sums[i], others, i, weightOf(other.at[i], centre, minusFalloff),
                weightOf(other.at[i + 1], centre, minusFalloff),
                weightOf(other.at[i + 2], centre, minusFalloff));
        }
    }
}

// Filters four pixels of which none moves.
__device__ __forceinline__ void filterStill(const Words& pixels, uint32 weight, Words& words,
                                            Words& seen) {
#pragma unroll
    for (int i = 0; i < 4; i++) {
        const Raised raised =
            blend(words.at[i], pixels.at[i], weight, HALF_OF_MEAN + HALF_OF_LEVEL);
        words.at[i] = wordOf(raised, SETTLED);
        seen.at[i] = levels(raised);
    }
}

// Filters four pixels; by all lanes of a warp together.
__device__ __forceinline__ void filterMoving(const Rings& rings, int slot, int lane,
                                             const Columns& columns, const Words& sums,
                                             const Parameters& p, Words& words, Words& seen) {
    const Words pixels = ring(rings.pixels[slot][lane]);
    int shares[4];
#pragma unroll
    for (int i = 0; i < 4; i++) {
        const int age = words.at[i] >> 30;
        const OfAge own = ofAge(p, age);
        const int motion = max(p.leastMotion, motionOf(sums.at[i], own));
        int newAge = motion == 0 ? min(3, age + 1) : age;
        newAge = motion >= 128 ? 0 : newAge;
        const Raised raised = blend(words.at[i], pixels.at[i], max(own.newestWeight, motion),
                                    HALF_OF_MEAN + HALF_OF_LEVEL);
        words.at[i] = wordOf(raised, (uint32)newAge << 30);
        seen.at[i] = levels(raised);
        shares[i] = max((motion * p.motionShare) >> 8, p.ofAge[newAge].spatialShare);
    }
    const int most = max(max(shares[0], shares[1]), max(shares[2], shares[3]));
    if (__any_sync(ALL, columns.owned && most > 0)) {
        Sums around[4];
        sumAround(rings, slot, lane, columns, -p.falloff, around);
#pragma unroll
        for (int i = 0; i < 4; i++) {
            seen.at[i] = mixed(around[i], words.at[i], shares[i]);
        }
    }
}

// Two lanes side by side have 24 bytes of output: the even one begins with two words, the odd one ends
// with two.
__device__ __forceinline__ void store(uint32* history, uint32* output, const Words& words,
                                      const Words& seen) {
    *reinterpret_cast<uint4*>(history) = {words.at[0], words.at[1], words.at[2], words.at[3]};
    const uint32 first = __byte_perm(seen.at[0], seen.at[1], 0x4210);
    const uint32 second = __byte_perm(seen.at[1], seen.at[2], 0x5421);
    const uint32 third = __byte_perm(seen.at[2], seen.at[3], 0x6542);
#if PAIRED_STORES
    const bool odd = threadIdx.x & 1;
    *reinterpret_cast<uint2*>(output + (odd ? 1 : 0)) = {odd ? second : first,
                                                         odd ? third : second};
    output[odd ? 0 : 2] = odd ? first : third;
#else
    output[0] = first;
    output[1] = second;
    output[2] = third;
#endif
}

// Filters a strip of a band, by a warp.
template <class Rows>
__device__ __forceinline__ void filterStrip(const DenoisePicture& picture, const Parameters& p,
                                            const Columns& columns, Rings& rings, int top,
                                            int rows) {
    const int lane = threadIdx.x % LANES;
    const bool fresh = p.fresh;
    const Still stillness = p.still;
    const uint32 settledWeight = p.ofAge[3].newestWeight;
    const uint32 lastRow = picture.height - 1;
    const int count = min(rows, picture.height - top) + 2 * RADIUS;
    const bool edge = __any_sync(ALL, columns.first || columns.last);
    int y = top - RADIUS;
    const uint32* history = reinterpret_cast<const uint32*>(picture.history) +
                            (long long)max(y, 0) * picture.historyPitch + columns.x;
    const int historyPitch = picture.historyPitch;
    uint32* newHistory = reinterpret_cast<uint32*>(picture.newHistory) +
                         (long long)top * historyPitch + columns.x;
    const int outputPitch = picture.outputPitch / 4;
    uint32* output = reinterpret_cast<uint32*>(picture.output) + (long long)top * outputPitch +
                     columns.x / 4 * 3;
#pragma unroll
    for (int i = 0; i < WINDOW; i++) {
        put(rings.sums[i][lane], {{0, 0, 0, 0}});
    }
    int row = max(y, 0);
    Rows source(picture, columns, row);
    typename Rows::Raw raw = source.fetch();
    uint4 four = {0, 0, 0, 0};
    if (!fresh) {
        four = __ldg(reinterpret_cast<const uint4*>(history));
    }
    Words sums = {{0, 0, 0, 0}};
    int oldest = 0;
#pragma unroll 1
    for (int i = 0; i < count; i++) {
        Words pixels = source.convert(raw, row, edge, columns);
        const Words newest = {{four.x, four.y, four.z, four.w}};
        // Rows beyond the edge equal the one at the edge.
        const bool down = (uint32)y < lastRow;
        y++;
        row += down ? 1 : 0;
        source.advance(row, down);
        history += down ? historyPitch : 0;
        if (i + 1 < count) {
            raw = source.fetch();
            if (!fresh) {
                four = __ldg(reinterpret_cast<const uint4*>(history));
            }
        }
        Words differences;
#pragma unroll
        for (int k = 0; k < 4; k++) {
            differences.at[k] = difference(pixels.at[k], newest.at[k]);
        }
        if (edge) {
            extend(pixels, columns.inside);
            extend(differences, columns.inside);
        }
        const Words across = sumsAcross(differences, edge, columns);
        const Words gone = ring(rings.sums[oldest][lane]);
        put(rings.sums[oldest][lane], across);
        oldest = oldest == WINDOW - 1 ? 0 : oldest + 1;
#pragma unroll
        for (int k = 0; k < 4; k++) {
            sums.at[k] += across.at[k] - gone.at[k];
        }
        put(rings.pixels[i & (RING - 1)][lane], pixels);
        put(rings.words[i & (RING - 1)][lane], newest);
        if (i < 2 * RADIUS) {
            continue;
        }
        const int slot = (i & (RING - 1)) ^ RADIUS;
        Words words = ring(rings.words[slot][lane]);
        Words seen;
        const bool still = isStill(sums, words, stillness) | !columns.owned;
        if (__all_sync(ALL, still)) {
            filterStill(ring(rings.pixels[slot][lane]), settledWeight, words, seen);
        } else {
            filterMoving(rings, slot, lane, columns, sums, p, words, seen);
        }
        if (columns.owned) {
            store(newHistory, output, words, seen);
        }
        newHistory += historyPitch;
        output += outputPitch;
    }
}

// Whether groups of 4 pixels lie on whole words and wholly within or without the picture.
__device__ __forceinline__ bool isAlignedRgb(const DenoisePicture& picture) {
    return (picture.format == RGB8 || picture.format == BGR8) && picture.width % 4 == 0 &&
           picture.pitch % 4 == 0 && picture.pixels % 4 == 0;
}

// Whether the samples are interpolated, and groups of 4 pixels lie on whole words.
__device__ __forceinline__ bool isAlignedYuv420(const DenoisePicture& picture) {
    return picture.format == YUV420 && picture.width > 4 && picture.pitch % 4 == 0 &&
           picture.pixels % 4 == 0;
}

__device__ __forceinline__ void setParameters(const DenoiseParameters& from, Parameters& to,
                                              int age) {
    to.ofAge[age] = {from.expectedDifference[age], from.motionGain[age], from.newestWeight[age],
                     from.spatialShare[age]};
    if (age == 3) {
        to.fresh = from.fresh;
        to.leastMotion = from.fresh ? 256 : 0;
        to.motionShare = from.motionShare;
        to.falloff = from.falloff;
        // The least measure that has a share of motion.
        const int gain = from.motionGain[3];
        const int least = (((MOTION_OFFSET + 1) << 12) + gain - 1) / gain;
        const int magnitudes = (least + from.expectedDifference[3] + 4) / 5;
        to.still = {(uint32)min(magnitudes, 0x7FFF) << 16,
                    (uint32)min((least - 1) / 3, 0x7FFF) << 16};
    }
}

__device__ __forceinline__ Columns columnsOf(int strip, int strips, int lane, int width) {
    const int x = STRIP * strip + 4 * lane;
    const int lastGroup = (width - 1) & ~3;
    Columns columns;
    columns.x = min(x, lastGroup);
    columns.inside = min(width - columns.x, 4);
    columns.first = x == 0;
    columns.last = x >= lastGroup;
    columns.owned = x <= lastGroup && (lane > 0 || strip == 0) &&
                    (lane < LANES - 1 || strip == strips - 1);
    return columns;
}

}  // namespace

extern "C" __global__ void __launch_bounds__(WARPS* LANES, BLOCKS_AN_SM)
    denoise(const DenoisePicture* __restrict__ pictures, int first,
            const DenoiseParameters* __restrict__ parameters, int rows) {
    __shared__ Rings rings[WARPS];
    __shared__ Parameters shared;
    const int index = first + blockIdx.y;
    const DenoisePicture picture = pictures[index];
    if (threadIdx.x < 4) {
        setParameters(parameters[index], shared, threadIdx.x);
    }
    __syncthreads();
    const int strips = max(1, (picture.width - 8 + STRIP - 1) / STRIP);
    const int warp = threadIdx.x / LANES;
    const int unit = blockIdx.x * WARPS + warp;
    const int top = unit / strips * rows;
    if (top >= picture.height) {
        return;
    }
    const Columns columns =
        columnsOf(unit % strips, strips, threadIdx.x % LANES, picture.width);
    if (isAlignedRgb(picture)) {
        filterStrip<RgbRows>(picture, shared, columns, rings[warp], top, rows);
    } else if (isAlignedYuv420(picture)) {
        filterStrip<Yuv420Rows>(picture, shared, columns, rings[warp], top, rows);
    } else {
        filterStrip<AnyRows>(picture, shared, columns, rings[warp], top, rows);
    }
}
