// Noise reduction of the pictures of a batch, which belong to different cameras: a temporal mean for
// each pixel that is still, a bilateral filter of 3 x 3 pixels where there is motion. Twin of
// PictureFilter.java, in the same integers; the algorithm is described there and in docs/denoise.md.
//
// Traffic in DRAM, bytes a pixel: 3 of the picture (1.5 for NV12), 4 of history, 4 of new history,
// 3 of output: 14.
//
// Launch: blocks of 256 threads, each for a tile of 64 x 32 pixels; grid (width / 64, height / 32,
// pictures), rounded up, for the largest picture. A thread filters 4 pixels side by side in two rows.
// Shared memory: pixels and differences of the tile with a border, and sums of 5 differences side by
// side: 30.0 KB.
//
// A picture reads one history and writes another, since blocks read their neighbours' pixels.
#include "picture.cuh"
#include "types.cuh"

namespace {

constexpr int TILE_WIDTH = 64;
constexpr int TILE_HEIGHT = 32;
constexpr int BORDER = 2;               // rows above and below
constexpr int SIDE_BORDER = 4;          // columns on each side, so that groups of 4 stay together
constexpr int COLUMNS = TILE_WIDTH + 2 * SIDE_BORDER;
constexpr int ROWS = TILE_HEIGHT + 2 * BORDER;
constexpr int GROUPS = COLUMNS / 4;
constexpr int TILE_GROUPS = TILE_WIDTH / 4;
constexpr int CENTRE_WEIGHT = 28;
constexpr int MOTION_OFFSET = 427;
constexpr int GREATEST_MEASURE = 0xFFFF;

struct __align__(16) Words {
    uint32 at[4];
};

struct __align__(16) Tile {
    uint32 pixels[ROWS][COLUMNS];       // red, green, blue from the lowest byte on
    int differences[ROWS][COLUMNS];     // to the history; magnitude in the upper half, added
    int sums[ROWS][TILE_WIDTH];         // of 5 differences side by side
};

__device__ __forceinline__ uint32 packed(const Pixel& pixel) {
    return pixel.red | pixel.green << 8 | pixel.blue << 16;
}

__device__ __forceinline__ int lumaOf(uint32 pixel) {
    return (pixel & 0xFF) + 2 * (pixel >> 8 & 0xFF) + (pixel >> 16);
}

__device__ __forceinline__ int difference(uint32 pixel, uint32 word) {
    const int luma = lumaOf(pixel) - historyLuma(word);
    return (abs(luma) << 16) + luma;
}

__device__ __forceinline__ uint32 swapRedBlue(uint32 pixel) {
    return __byte_perm(pixel, 0, 0x4012);
}

// Four pixels from three words.
__device__ __forceinline__ Words unpack(uint32 a, uint32 b, uint32 c) {
    return {{a & 0xFFFFFF, __byte_perm(a, b, 0x0543) & 0xFFFFFF,
             __byte_perm(b, c, 0x0432) & 0xFFFFFF, c >> 8}};
}

// Whether groups of 4 pixels lie on whole words and wholly within or without the picture.
__device__ __forceinline__ bool isAligned(const DenoisePicture& picture) {
    return (picture.format == RGB8 || picture.format == BGR8) && picture.width % 4 == 0 &&
           picture.pitch % 4 == 0 && picture.pixels % 4 == 0;
}

__device__ __forceinline__ Words loadAligned(const DenoisePicture& picture, int x, int y) {
    const uint32* row =
        reinterpret_cast<const uint32*>(picture.pixels + (uint64)y * picture.pitch);
    const int within = min(max(x, 0), picture.width - 4);
    const uint32* words = row + within / 4 * 3;
    Words four = unpack(__ldg(words), __ldg(words + 1), __ldg(words + 2));
    if (picture.format == BGR8) {
#pragma unroll
        for (int i = 0; i < 4; i++) {
            four.at[i] = swapRedBlue(four.at[i]);
        }
    }
    return four;
}

__device__ __forceinline__ Words loadAny(const DenoisePicture& picture, int x, int y) {
    Words four;
#pragma unroll
    for (int i = 0; i < 4; i++) {
        const int column = min(max(x + i, 0), picture.width - 1);
        four.at[i] = packed(readPixel(reinterpret_cast<const uint8*>(picture.pixels),
                                      picture.pitch, picture.width, picture.height,
                                      picture.format, column, y));
    }
    return four;
}

__device__ __forceinline__ Words loadHistory(const DenoisePicture& picture, int x, int y) {
    const uint32* row =
        reinterpret_cast<const uint32*>(picture.history) + (long long)y * picture.historyPitch;
    // Rows of history are whole groups: what lies beyond the last pixel is never looked at.
    const int within = min(max(x, 0), picture.historyPitch - 4);
    const uint4 four = __ldg(reinterpret_cast<const uint4*>(row + within));
    return {{four.x, four.y, four.z, four.w}};
}

// Beyond the edge, the pixel at the edge stands for all.
__device__ __forceinline__ void extend(Words& pixels, Words& words, int x, int width) {
    if (x < 0) {
        pixels.at[1] = pixels.at[2] = pixels.at[3] = pixels.at[0];
        words.at[1] = words.at[2] = words.at[3] = words.at[0];
    } else if (x >= width) {
        const int last = (width - 1) & 3;
        const uint32 pixel = last == 0   ? pixels.at[0]
                             : last == 1 ? pixels.at[1]
                             : last == 2 ? pixels.at[2]
                                         : pixels.at[3];
        const uint32 word = last == 0   ? words.at[0]
                            : last == 1 ? words.at[1]
                            : last == 2 ? words.at[2]
                                        : words.at[3];
#pragma unroll
        for (int i = 0; i < 4; i++) {
            pixels.at[i] = pixel;
            words.at[i] = word;
        }
    } else {
#pragma unroll
        for (int i = 1; i < 4; i++) {
            if (x + i >= width) {
                pixels.at[i] = pixels.at[i - 1];
                words.at[i] = words.at[i - 1];
            }
        }
    }
}

__device__ __forceinline__ void loadTile(const DenoisePicture& picture, bool fresh, int left,
                                         int top, Tile& tile) {
    const bool aligned = isAligned(picture);
    for (int i = threadIdx.x; i < ROWS * GROUPS; i += blockDim.x) {
        const int row = i / GROUPS;
        const int column = i % GROUPS * 4;
        const int x = left - SIDE_BORDER + column;
        const int y = min(max(top - BORDER + row, 0), picture.height - 1);
        if (x >= picture.width + SIDE_BORDER) {
            continue;
        }
        // The group at the right edge, for what lies beyond it.
        const int lastGroup = (picture.width - 1) & ~3;
        const int from = min(max(x, 0), lastGroup);
        Words pixels = aligned ? loadAligned(picture, from, y) : loadAny(picture, from, y);
        Words words = {{0, 0, 0, 0}};
        if (!fresh) {
            words = loadHistory(picture, from, y);
        }
        extend(pixels, words, x, picture.width);
        *reinterpret_cast<Words*>(&tile.pixels[row][column]) = pixels;
        if (!fresh) {
            Words packedDifferences;
#pragma unroll
            for (int k = 0; k < 4; k++) {
                packedDifferences.at[k] = difference(pixels.at[k], words.at[k]);
            }
            *reinterpret_cast<Words*>(&tile.differences[row][column]) = packedDifferences;
        }
    }
}

__device__ __forceinline__ void sumRows(Tile& tile) {
    for (int i = threadIdx.x; i < ROWS * TILE_GROUPS; i += blockDim.x) {
        const int row = i / TILE_GROUPS;
        const int column = i % TILE_GROUPS * 4;
        int d[12];
#pragma unroll
        for (int k = 0; k < 3; k++) {
            const Words four =
                *reinterpret_cast<const Words*>(&tile.differences[row][column + 4 * k]);
#pragma unroll
            for (int j = 0; j < 4; j++) {
                d[4 * k + j] = four.at[j];
            }
        }
        Words sums;
        int sum = d[2] + d[3] + d[4] + d[5] + d[6];
        sums.at[0] = sum;
#pragma unroll
        for (int k = 1; k < 4; k++) {
            sum += d[k + 6] - d[k + 1];
            sums.at[k] = sum;
        }
        *reinterpret_cast<Words*>(&tile.sums[row][column]) = sums;
    }
}

__device__ __forceinline__ int motionShare(int sums, int age, const DenoiseParameters& p) {
    const int sum = (short)(sums & 0xFFFF);
    const int magnitudes = (sums - sum) >> 16;
    const int measure = min(GREATEST_MEASURE,
                            max(3 * abs(sum), 5 * magnitudes - p.expectedDifference[age]));
    const int share = ((measure * p.motionGain[age]) >> 12) - MOTION_OFFSET;
    return min(max(share, 0), 256);
}

__device__ __forceinline__ int moved(int mean, int value, int weight) {
    return mean + ((weight * (4 * value - mean) + 128) >> 8);
}

__device__ __forceinline__ uint32 updated(uint32 word, uint32 pixel, int motion,
                                          const DenoiseParameters& p) {
    const int age = word >> 30;
    const int weight = max(p.newestWeight[age], motion);
    const int newAge = motion >= 128 ? 0 : motion == 0 ? min(3, age + 1) : age;
    return moved(word & 0x3FF, pixel & 0xFF, weight) |
           moved(word >> 10 & 0x3FF, pixel >> 8 & 0xFF, weight) << 10 |
           moved(word >> 20 & 0x3FF, pixel >> 16, weight) << 20 | (uint32)newAge << 30;
}

// Red and blue are summed in one number, green and the weights in another: 9 * 28 * 255 < 2^16.
struct Sums {
    uint32 redBlue;
    uint32 greenWeight;
};

__device__ __forceinline__ void add(Sums& sums, uint32 pixel, uint32 centre, int falloff) {
    const int away = (int)__vsadu4(pixel, centre);
    const uint32 weight = max(0, CENTRE_WEIGHT - ((away * falloff) >> 16));
    sums.redBlue += weight * (pixel & 0xFF00FF);
    sums.greenWeight += weight * ((pixel >> 8 & 0xFF) | 0x10000);
}

__device__ uint32 bilateral(const Tile& tile, int row, int column, int falloff) {
    const uint32 centre = tile.pixels[row][column];
    Sums sums = {CENTRE_WEIGHT * (centre & 0xFF00FF),
                 CENTRE_WEIGHT * ((centre >> 8 & 0xFF) | 0x10000)};
#pragma unroll
    for (int dy = -1; dy <= 1; dy++) {
#pragma unroll
        for (int dx = -1; dx <= 1; dx++) {
            if (dx != 0 || dy != 0) {
                add(sums, tile.pixels[row + dy][column + dx], centre, falloff);
            }
        }
    }
    const int reciprocal = (int)(1048576.0f / (float)(sums.greenWeight >> 16));
    const uint32 red = ((sums.redBlue & 0xFFFF) * reciprocal + (1 << 19)) >> 20;
    const uint32 green = ((sums.greenWeight & 0xFFFF) * reciprocal + (1 << 19)) >> 20;
    const uint32 blue = ((sums.redBlue >> 16) * reciprocal + (1 << 19)) >> 20;
    return red | green << 8 | blue << 16;
}

__device__ __forceinline__ uint32 mixed(int mean, int smooth, int share) {
    return (mean * (256 - share) + 4 * smooth * share + 512) >> 10;
}

// Filters one pixel: its new history, and what is seen of it.
__device__ __forceinline__ uint32 filterPixel(const Tile& tile, int row, int column, int sums,
                                              uint32& word, const DenoiseParameters& p) {
    const uint32 pixel = tile.pixels[row][column];
    const int motion = p.fresh ? 256 : motionShare(sums, word >> 30, p);
    word = updated(word, pixel, motion, p);
    const int share = max((motion * p.motionShare) >> 8, p.spatialShare[word >> 30]);
    const uint32 smooth = share == 0 ? 0 : bilateral(tile, row, column, p.falloff);
    return mixed(word & 0x3FF, smooth & 0xFF, share) |
           mixed(word >> 10 & 0x3FF, smooth >> 8 & 0xFF, share) << 8 |
           mixed(word >> 20 & 0x3FF, smooth >> 16, share) << 16;
}

__device__ __forceinline__ void filterGroup(const DenoisePicture& picture, const Tile& tile, int x,
                                            int y, int row, int column, const int* sums,
                                            const DenoiseParameters& p) {
    Words words = {{0, 0, 0, 0}};
    if (!p.fresh) {
        words = loadHistory(picture, x, y);
    }
    uint32 seen[4];
#pragma unroll
    for (int i = 0; i < 4; i++) {
        seen[i] = filterPixel(tile, row, column + i, sums[i], words.at[i], p);
    }
    uint32* history = reinterpret_cast<uint32*>(picture.newHistory) +
                      (long long)y * picture.historyPitch + x;
    *reinterpret_cast<Words*>(history) = words;
    uint32* output =
        reinterpret_cast<uint32*>(picture.output + (uint64)y * picture.outputPitch) + x / 4 * 3;
    output[0] = seen[0] | seen[1] << 24;
    output[1] = seen[1] >> 8 | seen[2] << 16;
    output[2] = seen[2] >> 16 | seen[3] << 8;
}

}  // namespace

extern "C" __global__ void __launch_bounds__(256, 5)
    denoise(const DenoisePicture* __restrict__ pictures, int first,
            const DenoiseParameters* __restrict__ parameters) {
    __shared__ Tile tile;
    __shared__ DenoisePicture picture;
    __shared__ DenoiseParameters shared;
    const int index = first + blockIdx.z;
    if (threadIdx.x < sizeof(DenoisePicture) / 4) {
        reinterpret_cast<uint32*>(&picture)[threadIdx.x] =
            reinterpret_cast<const uint32*>(pictures + index)[threadIdx.x];
    } else if (threadIdx.x >= 64 && threadIdx.x < 64 + sizeof(DenoiseParameters) / 4) {
        reinterpret_cast<uint32*>(&shared)[threadIdx.x - 64] =
            reinterpret_cast<const uint32*>(parameters + index)[threadIdx.x - 64];
    }
    __syncthreads();
    const int left = blockIdx.x * TILE_WIDTH;
    const int top = blockIdx.y * TILE_HEIGHT;
    if (left >= picture.width || top >= picture.height) {
        return;
    }
    const bool fresh = shared.fresh != 0;
    loadTile(picture, fresh, left, top, tile);
    __syncthreads();
    if (!fresh) {
        sumRows(tile);
        __syncthreads();
    }
    const int column = threadIdx.x % TILE_GROUPS * 4;
    const int row = threadIdx.x / TILE_GROUPS * 2;
    const int x = left + column;
    if (x >= picture.width) {
        return;
    }
    int sums[2][4] = {};
    if (!fresh) {
#pragma unroll
        for (int k = 0; k < 6; k++) {
            const Words four = *reinterpret_cast<const Words*>(&tile.sums[row + k][column]);
#pragma unroll
            for (int i = 0; i < 4; i++) {
                sums[0][i] += k < 5 ? four.at[i] : 0;
                sums[1][i] += k > 0 ? four.at[i] : 0;
            }
        }
    }
#pragma unroll
    for (int k = 0; k < 2; k++) {
        const int y = top + row + k;
        if (y < picture.height) {
            filterGroup(picture, tile, x, y, row + k + BORDER, column + SIDE_BORDER, sums[k],
                        shared);
        }
    }
}
