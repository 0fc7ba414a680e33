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
constexpr float FALLOFF = 1150550016.0f;
constexpr float PLANE_FALLOFF = 1024.0f;

// What motion of pixels and that of blocks is measured by.
struct Kind {
    int expected;
    float gain;
};

__device__ __forceinline__ Kind kindOf(const DenoisePicture& picture) {
    return picture.format == RGB8 || picture.format == BGR8 ? Kind{100, 190887440.0f}
                                                            : Kind{144, 159072864.0f};
}

// Lanes of a warp walk through 64 neighbouring counters each: the gaps keep them on different banks.
__device__ __forceinline__ int placeOf(int bin) { return bin + (bin >> 5); }

// What is measured at a place, of the brightness of a pixel, of those beside it, beyond the edge of which the pixel
// at the edge stands, and of its mean: the difference to both neighbours in the lower half, the difference to the
// mean in the upper.
__device__ __forceinline__ uint32 measureOf(int left, int own, int right, int mean) {
    return abs(left - 2 * own + right) | abs(own - mean) << 16;
}

__device__ __forceinline__ int lumaOf(const Pixel& pixel) {
    return pixel.red + 2 * pixel.green + pixel.blue;
}

// Of interleaved pixels. With a format that is known when this is compiled, all that a thread reads is on its
// way before it looks at the first of it.
__device__ __forceinline__ uint32 measurePixels(const DenoisePicture& picture, int format, int x,
                                                int y) {
    const uint32 word =
        picture.begins ? 0
                       : __ldg(reinterpret_cast<const uint32*>(picture.history) +
                               (long long)y * picture.historyPitch + x);
    const auto lumaAt = [&](int column) {
        return lumaOf(readPixel(reinterpret_cast<const uint8*>(picture.pixels), picture.pitch,
                                picture.width, picture.height, format, column, y));
    };
    return measureOf(lumaAt(max(0, x - 1)), lumaAt(x), lumaAt(min(picture.width - 1, x + 1)),
                     historyLuma(word));
}

// Of planes: luma, four times.
__device__ __forceinline__ uint32 measurePlanes(const DenoisePicture& picture, int x, int y) {
    const uint32 mean =
        picture.begins ? 0
                       : __ldg(reinterpret_cast<const uint16*>(picture.history) +
                               (long long)y * picture.historyPitch + x);
    const uint8* row = reinterpret_cast<const uint8*>(picture.pixels) + (long long)y * picture.pitch;
    const int left = __ldg(row + max(0, x - 1));
    const int own = __ldg(row + x);
    const int right = __ldg(row + min(picture.width - 1, x + 1));
    // 8 bits behind the point, and half a level too much.
    return measureOf(4 * left, 4 * own, 4 * right, ((int)mean - 128 + 32) >> 6);
}

__device__ __forceinline__ uint32 measure(const DenoisePicture& picture, int place) {
    const int x = (int)(((long long)(2 * (place % SIDE) + 1) * picture.width) >> 7);
    const int y = (int)(((long long)(2 * (place / SIDE) + 1) * picture.height) >> 7);
    switch (picture.format) {
        case RGB8:
            return measurePixels(picture, RGB8, x, y);
        case BGR8:
            return measurePixels(picture, BGR8, x, y);
        default:
            return measurePlanes(picture, x, y);
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
    const Kind kind = kindOf(picture);
    parameters->expectedDifference[age] = (kind.expected * spread + 2048) >> 12;
    parameters->motionGain[age] = (int)(kind.gain / (float)spread);
    parameters->spatialShare[age] = (share * picture.spatialShare) >> 8;
    parameters->newestWeight[age] = max(weight, picture.newestWeight);
    if (age == 0) {
        parameters->fresh = frames == 0 ? 1 : 0;
        parameters->motionShare = picture.spatialShare;
        const float range = (float)(picture.spatialRange * noise);
        const uint32 below = 0x80008000u;       // 0, for both of a pair
        const float planeFalloff = PLANE_FALLOFF / range;
        parameters->falloff = (int)(FALLOFF / range);
        parameters->planeFalloff = toHalf(planeFalloff) * 0x10001u | below;
        parameters->chromaFalloff = toHalf(2 * planeFalloff) * 0x10001u | below;
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
