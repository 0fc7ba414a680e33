// The noise of each picture of a batch, measured at 64 x 64 places, and from it what the filter goes
// by. Twin of NoiseMeter.java and PictureParameters.java, in the same integers.
//
// Launch: blocks of 1,024 threads, a place each; grid (4, pictures). The block of a picture that ends last
// counts what all of them measured: they leave it in global memory, and a ticket each. Shared memory: the
// counters of both histograms, 12.4 KB.
#include "picture.cuh"
#include "types.cuh"

namespace {

constexpr int SIDE = 64;
constexpr int THREADS = 1024;
constexpr int PLACES = SIDE * SIDE;
constexpr int PARTS = PLACES / THREADS;         // blocks of a picture
constexpr int HALF = PLACES / 2;
constexpr uint32 ALL = 0xFFFFFFFF;
constexpr int SPATIAL_BINS = 2048;
constexpr int TEMPORAL_BINS = 1024;
constexpr int LEAST_NOISE = 32;
constexpr int LEAST_CUT = 64;
constexpr int SPATIAL_FACTOR = 155;
constexpr float GAIN = 190887440.0f;
constexpr float FALLOFF = 1150550016.0f;

// Lanes of a warp walk through 64 neighbouring counters each: the gaps keep them on different banks.
__device__ __forceinline__ int placeOf(int bin) { return bin + (bin >> 5); }

__device__ __forceinline__ int lumaOf(const Pixel& pixel) {
    return pixel.red + 2 * pixel.green + pixel.blue;
}

// Brightness of a pixel and of those beside it; beyond the edge the pixel at the edge stands.
struct Three {
    int left;
    int own;
    int right;
};

__device__ __forceinline__ Three threeAt(const DenoisePicture& picture, int format, int x, int y) {
    const auto lumaAt = [&](int column) {
        return lumaOf(readPixel(reinterpret_cast<const uint8*>(picture.pixels), picture.pitch,
                                picture.width, picture.height, format, column, y));
    };
    return {lumaAt(max(0, x - 1)), lumaAt(x), lumaAt(min(picture.width - 1, x + 1))};
}

// The same of YUV420 whose chroma is interpolated: three columns of samples serve all three pixels. Cb lies
// in the lower half of a word, Cr in the upper.
__device__ __forceinline__ Three threeOf420(const DenoisePicture& picture,
                                            const ChromaPlanes& planes, int x, int y) {
    const int beside = min(max((y >> 1) + ((y & 1) ? 1 : -1), 0), planes.lastRow);
    const long long here = (long long)(y >> 1) * planes.pitch;
    const long long there = (long long)beside * planes.pitch;
    uint32 sums[3];
#pragma unroll
    for (int i = 0; i < 3; i++) {
        const int column = min(max((x >> 1) - 1 + i, 0), planes.lastColumn);
        const uint8* cb = planes.cb + column;
        const uint8* cr = planes.cr + column;
        sums[i] = 3 * (cb[here] | (uint32)cr[here] << 16) + (cb[there] | (uint32)cr[there] << 16);
    }
    const uint8* row = reinterpret_cast<const uint8*>(picture.pixels) + (long long)y * picture.pitch;
    const auto luma = [&](int column, uint32 chroma) {
        return lumaOf(fromJpeg(row[column], (chroma & 0xFFFF) >> 4, chroma >> 20));
    };
    const bool odd = x & 1;
    const uint32 before = 3 * sums[1] + sums[0] + 0x00080008;
    const uint32 after = 3 * sums[1] + sums[2] + 0x00070007;
    const int left = luma(max(0, x - 1), odd ? before : 3 * sums[0] + sums[1] + 0x00070007);
    const int own = luma(x, odd ? after : before);
    const int right = luma(min(picture.width - 1, x + 1),
                           odd ? 3 * sums[2] + sums[1] + 0x00080008 : after);
    return {x > 0 ? left : own, own, x < picture.width - 1 ? right : own};
}

// What is measured at a place: the difference to both neighbours in the lower half, the difference to the
// mean in the upper. With a format that is known when this is compiled, all that a thread reads is on its
// way before it looks at the first of it.
__device__ __forceinline__ uint32 measure(const DenoisePicture& picture, int format, int place) {
    const int x = (int)(((long long)(2 * (place % SIDE) + 1) * picture.width) >> 7);
    const int y = (int)(((long long)(2 * (place / SIDE) + 1) * picture.height) >> 7);
    const uint32 word =
        picture.begins ? 0
                       : __ldg(reinterpret_cast<const uint32*>(picture.history) +
                               (long long)y * picture.historyPitch + x);
    const ChromaPlanes planes = chromaOf(reinterpret_cast<const uint8*>(picture.pixels),
                                         picture.pitch, picture.width, picture.height, YUV420);
    const Three three = format == YUV420 && planes.lastColumn >= 2
                            ? threeOf420(picture, planes, x, y)
                            : threeAt(picture, format, x, y);
    return abs(three.left - 2 * three.own + three.right) |
           abs(three.own - historyLuma(word)) << 16;
}

__device__ __forceinline__ uint32 measure(const DenoisePicture& picture, int place) {
    switch (picture.format) {
        case YUV420:
            return measure(picture, YUV420, place);
        case RGB8:
            return measure(picture, RGB8, place);
        default:
            return measure(picture, picture.format, place);
    }
}

// Leaves what this block measured, and tells whether it is the last one of its picture.
__device__ __forceinline__ bool isLast(uint32* measures, int* tickets, uint32 measured) {
    __shared__ bool last;
    measures[blockIdx.x * THREADS + threadIdx.x] = measured;
    __threadfence();
    __syncthreads();
    if (threadIdx.x == 0) {
        last = atomicAdd(tickets, 1) == PARTS - 1;
        if (last) {
            *tickets = 0;
        }
    }
    __syncthreads();
    __threadfence();
    return last;
}

// The sum over this lane and those before it.
__device__ __forceinline__ int sumUpTo(int own) {
    int sum = own;
    for (int distance = 1; distance < 32; distance *= 2) {
        const int below = __shfl_up_sync(ALL, sum, distance);
        if ((threadIdx.x & 31) >= distance) {
            sum += below;
        }
    }
    return sum;
}

// The smallest value with more than half of the counts at or below it; called by a whole warp.
template <int BINS>
__device__ int median(const int* counts) {
    constexpr int LANES = 32;
    constexpr int OWN = BINS / LANES;
    const int lane = threadIdx.x & (LANES - 1);
    int own = 0;
#pragma unroll
    for (int i = 0; i < OWN; i++) {
        own += counts[placeOf(lane * OWN + i)];
    }
    const int upTo = sumUpTo(own);
    const int owner = __ffs(__ballot_sync(ALL, upTo > HALF)) - 1;
    // All lanes together look through what that lane summed.
    int sum = __shfl_sync(ALL, upTo - own, owner);
    for (int i = 0;; i += LANES) {
        const int upToOwn = sum + sumUpTo(counts[placeOf(owner * OWN + i + lane)]);
        const uint32 reached = __ballot_sync(ALL, upToOwn > HALF);
        if (reached != 0) {
            return owner * OWN + i + __ffs(reached) - 1;
        }
        sum = __shfl_sync(ALL, upToOwn, LANES - 1);
    }
}

// By a thread for each age.
__device__ __forceinline__ void writeParameters(const DenoisePicture& picture, int noise, int frames,
                                                int age, DenoiseParameters* parameters) {
    const int spreads[4] = {362, 314, 296, 271};
    const int shares[4] = {256, 154, 102, 0};
    const int weights[4] = {128, 85, 64, 256 / (frames + 1)};
    int spreadOfAge = spreads[0];
    int share = shares[0];
    int weight = weights[0];
#pragma unroll
    for (int i = 1; i < 4; i++) {
        spreadOfAge = age == i ? spreads[i] : spreadOfAge;
        share = age == i ? shares[i] : share;
        weight = age == i ? weights[i] : weight;
    }
    const int spread = ((noise * picture.motionThreshold) >> 8) * spreadOfAge;
    parameters->expectedDifference[age] = (100 * spread + 2048) >> 12;
    parameters->motionGain[age] = (int)(GAIN / (float)spread);
    parameters->spatialShare[age] = (share * picture.spatialShare) >> 8;
    parameters->newestWeight[age] = max(weight, picture.newestWeight);
    if (age == 0) {
        parameters->fresh = frames == 0 ? 1 : 0;
        parameters->motionShare = picture.spatialShare;
        parameters->falloff = (int)(FALLOFF / (float)(picture.spatialRange * noise));
    }
}

// What the medians of a picture tell.
struct Verdict {
    int noise;
    int before;                 // frames that the history rests on
};

__device__ __forceinline__ Verdict judge(const DenoisePicture& picture, int frames,
                                         const int* medians) {
    const int temporalFactor = frames < 2 ? 268 : frames < 3 ? 310 : frames < 4 ? 329 : 355;
    const int within = ((2 * medians[0] + 1) * SPATIAL_FACTOR) >> 5;
    int noise = within;
    bool fresh = true;
    if (frames > 0) {
        const int between = ((2 * medians[1] + 1) * temporalFactor) >> 5;
        fresh = medians[1] >= LEAST_CUT && between > 2 * within;
        noise = fresh ? within : min(within, between);
    }
    return {max(LEAST_NOISE, min(noise, picture.mostNoise)), fresh ? 0 : frames};
}

}  // namespace

// Of each picture, measures has a word for each of the places, and tickets one that is 0.
extern "C" __global__ void __launch_bounds__(THREADS)
    noise_meter(const DenoisePicture* __restrict__ pictures, int first,
                DenoiseParameters* __restrict__ parameters, int* __restrict__ restsOn,
                uint32* measures, int* tickets) {
    __shared__ int spatial[SPATIAL_BINS + SPATIAL_BINS / 32];
    __shared__ int temporal[TEMPORAL_BINS + TEMPORAL_BINS / 32];
    __shared__ int medians[2];
    const int index = first + blockIdx.y;
    const DenoisePicture picture = pictures[index];
    measures += (long long)index * PLACES;
    if (!isLast(measures, tickets + index, measure(picture, blockIdx.x * THREADS + threadIdx.x))) {
        return;
    }
    int* const frameCount = reinterpret_cast<int*>(picture.frameCount);
    const int frames = picture.begins ? 0 : *frameCount;
    uint32 own[PARTS];
#pragma unroll
    for (int i = 0; i < PARTS; i++) {
        // What other blocks wrote is in the cache that all share.
        own[i] = __ldcg(measures + i * THREADS + threadIdx.x);
    }
    for (int i = threadIdx.x; i < SPATIAL_BINS + SPATIAL_BINS / 32; i += THREADS) {
        spatial[i] = 0;
    }
    for (int i = threadIdx.x; i < TEMPORAL_BINS + TEMPORAL_BINS / 32; i += THREADS) {
        temporal[i] = 0;
    }
    __syncthreads();
#pragma unroll
    for (int i = 0; i < PARTS; i++) {
        atomicAdd(&spatial[placeOf(own[i] & 0xFFFF)], 1);
        atomicAdd(&temporal[placeOf(own[i] >> 16)], 1);
    }
    __syncthreads();
    if (threadIdx.x < 32) {
        medians[0] = median<SPATIAL_BINS>(spatial);
    } else if (threadIdx.x < 64) {
        medians[1] = median<TEMPORAL_BINS>(temporal);
    }
    __syncthreads();
    if (threadIdx.x < 4) {
        const Verdict verdict = judge(picture, frames, medians);
        writeParameters(picture, verdict.noise, verdict.before, threadIdx.x, parameters + index);
        if (threadIdx.x == 0) {
            *frameCount = verdict.before + 1;
            restsOn[index] = verdict.before + 1;
        }
    }
}
