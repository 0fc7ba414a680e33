// The noise of each picture of a batch, measured at 64 x 64 places, and from it what the filter goes
// by. Twin of NoiseMeter.java and PictureParameters.java, in the same integers.
//
// Launch: one block of 1,024 threads a picture, 4 places a thread. Shared memory: the counters of
// both histograms, 12.4 KB.
#include "picture.cuh"
#include "types.cuh"

namespace {

constexpr int SIDE = 64;
constexpr int THREADS = 1024;
constexpr int EACH = SIDE * SIDE / THREADS;     // places of a thread
constexpr int HALF = SIDE * SIDE / 2;
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

__device__ __forceinline__ int lumaAt(const DenoisePicture& picture, int format, int x, int y) {
    const Pixel pixel = readPixel(reinterpret_cast<const uint8*>(picture.pixels), picture.pitch,
                                  picture.width, picture.height, format, x, y);
    return pixel.red + 2 * pixel.green + pixel.blue;
}

// What a thread measures at its places.
struct Measures {
    int bends[EACH];            // differences to both neighbours
    int changes[EACH];          // differences to the mean
};

// With a format that is known when this is compiled, all that a thread reads is on its way before it
// looks at the first of it.
__device__ __forceinline__ void measure(const DenoisePicture& picture, int format, bool withHistory,
                                        Measures& measures) {
    const uint32* const history = reinterpret_cast<const uint32*>(picture.history);
#pragma unroll
    for (int i = 0; i < EACH; i++) {
        const int sample = threadIdx.x + i * THREADS;
        const int x = (int)(((long long)(2 * (sample % SIDE) + 1) * picture.width) >> 7);
        const int y = (int)(((long long)(2 * (sample / SIDE) + 1) * picture.height) >> 7);
        const uint32 word = withHistory ? history[(long long)y * picture.historyPitch + x] : 0;
        const int luma = lumaAt(picture, format, x, y);
        const int left = lumaAt(picture, format, max(0, x - 1), y);
        const int right = lumaAt(picture, format, min(picture.width - 1, x + 1), y);
        measures.bends[i] = abs(left - 2 * luma + right);
        measures.changes[i] = abs(luma - historyLuma(word));
    }
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

__device__ void writeParameters(const DenoisePicture& picture, int noise, int frames,
                                DenoiseParameters* parameters) {
    const int spreads[4] = {362, 314, 296, 271};
    const int shares[4] = {256, 154, 102, 0};
    const int weights[4] = {128, 85, 64, 256 / (frames + 1)};
    const int threshold = (noise * picture.motionThreshold) >> 8;
    parameters->fresh = frames == 0 ? 1 : 0;
    parameters->motionShare = picture.spatialShare;
    parameters->falloff = (int)(FALLOFF / (float)(picture.spatialRange * noise));
    for (int age = 0; age < 4; age++) {
        const int spread = threshold * spreads[age];
        parameters->expectedDifference[age] = (100 * spread + 2048) >> 12;
        parameters->motionGain[age] = (int)(GAIN / (float)spread);
        parameters->spatialShare[age] = (shares[age] * picture.spatialShare) >> 8;
        parameters->newestWeight[age] = max(weights[age], picture.newestWeight);
    }
}

}  // namespace

extern "C" __global__ void __launch_bounds__(THREADS)
    noise_meter(const DenoisePicture* __restrict__ pictures, int first,
                DenoiseParameters* __restrict__ parameters, int* __restrict__ restsOn) {
    __shared__ int spatial[SPATIAL_BINS + SPATIAL_BINS / 32];
    __shared__ int temporal[TEMPORAL_BINS + TEMPORAL_BINS / 32];
    __shared__ int medians[2];
    const int index = first + blockIdx.x;
    const DenoisePicture picture = pictures[index];
    for (int i = threadIdx.x; i < SPATIAL_BINS + SPATIAL_BINS / 32; i += THREADS) {
        spatial[i] = 0;
    }
    for (int i = threadIdx.x; i < TEMPORAL_BINS + TEMPORAL_BINS / 32; i += THREADS) {
        temporal[i] = 0;
    }
    int* const frameCount = reinterpret_cast<int*>(picture.frameCount);
    const int frames = picture.begins ? 0 : *frameCount;
    __syncthreads();
    Measures measures;
    if (picture.format == YUV420) {
        measure(picture, YUV420, frames > 0, measures);
    } else if (picture.format == RGB8) {
        measure(picture, RGB8, frames > 0, measures);
    } else {
        measure(picture, picture.format, frames > 0, measures);
    }
#pragma unroll
    for (int i = 0; i < EACH; i++) {
        atomicAdd(&spatial[placeOf(measures.bends[i])], 1);
        if (frames > 0) {
            atomicAdd(&temporal[placeOf(measures.changes[i])], 1);
        }
    }
    __syncthreads();
    if (threadIdx.x < 32) {
        medians[0] = median<SPATIAL_BINS>(spatial);
    } else if (threadIdx.x < 64 && frames > 0) {
        medians[1] = median<TEMPORAL_BINS>(temporal);
    }
    __syncthreads();
    if (threadIdx.x == 0) {
        const int temporalFactors[4] = {268, 310, 329, 355};
        const int within = ((2 * medians[0] + 1) * SPATIAL_FACTOR) >> 5;
        int noise = within;
        bool fresh = true;
        if (frames > 0) {
            const int between = ((2 * medians[1] + 1) * temporalFactors[min(frames, 4) - 1]) >> 5;
            fresh = medians[1] >= LEAST_CUT && between > 2 * within;
            noise = fresh ? within : min(within, between);
        }
        noise = max(LEAST_NOISE, min(noise, picture.mostNoise));
        const int before = fresh ? 0 : frames;
        *frameCount = before + 1;
        restsOn[index] = before + 1;
        writeParameters(picture, noise, before, parameters + index);
    }
}
