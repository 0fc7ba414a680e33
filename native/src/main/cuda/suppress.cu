// Greedy non-maximum suppression, one block of 1024 threads an image, deterministic.
//
// Candidates come as keys (score bits above the complement of the anchor) in any order, boxes and
// classes by anchor. The best MAX_CANDIDATES by key enter; they are sorted downwards and taken in
// tiles of 64. In a tile the overlaps form 64 words of 64 bits, one warp walks the words and keeps
// what nobody better suppresses; then all threads strike out what the tile's survivors overlap. A
// box is suppressed where its overlap (intersection over union) with a kept box of its class, or of
// any class, is above the threshold, of the frame if it has its own; a suppressed box suppresses nothing. It ends when maxDetections
// are kept. Survivors are mapped to pixels of the source frame, clipped, and written in order, with their
// keypoints if there are any. For an image whose network output was not finite the count is -1.
//
// The results may lie in memory of the host, and are written once and never read.
//
// After torchvision's bit matrix (Ren et al., Faster R-CNN), tiled so that no more than one tile's
// matrix exists. Compiled with --fmad=false: the overlaps equal those of the CPU twin bit for bit.
//
// KEYPOINTS 0 or 1 for whether there are any.
#include "types.cuh"
#if KEYPOINTS
#include "keypoints.cuh"
#endif

#define THREADS 1024
#define TILE 64
#ifndef MAX_CANDIDATES
#define MAX_CANDIDATES 4096
#endif
#define PER_THREAD (MAX_CANDIDATES / THREADS)

struct SuppressParameters {
    int capacity;           // keys, boxes and classes an image
    int maxDetections;      // places an image in the output
    int classAgnostic;
    float overlapThreshold;     // above 1: nothing is suppressed, whatever a frame's own is
};

struct Candidate {
    float4 box;             // left, top, right, bottom in pixels of the model's input
    int classId;
};

struct SharedState {
    uint64 keys[MAX_CANDIDATES];
    Candidate tile[TILE];
    uint64 overlaps[TILE];
    int survivors[TILE];
    uint64 alive;
    int survivorCount;
    int kept;
    int histogram[256];
    uint64 prefix;
    int wanted;
    int taken;
};

__device__ float area(const float4& box) {
    return fmaxf(0.0f, box.z - box.x) * fmaxf(0.0f, box.w - box.y);
}

__device__ float overlap(const float4& a, const float4& b) {
    const float width = fmaxf(0.0f, fminf(a.z, b.z) - fmaxf(a.x, b.x));
    const float height = fmaxf(0.0f, fminf(a.w, b.w) - fmaxf(a.y, b.y));
    const float common = width * height;
    return common == 0.0f ? 0.0f : common / (area(a) + area(b) - common);
}

__device__ bool suppresses(const Candidate& better, const Candidate& other,
                           const SuppressParameters& p) {
    return (p.classAgnostic || better.classId == other.classId) &&
           overlap(better.box, other.box) > p.overlapThreshold;
}

// The MAX_CANDIDATES-th largest of more than MAX_CANDIDATES distinct keys, byte by byte from above.
__device__ uint64 selectThreshold(const uint64* keys, int count, SharedState& shared) {
    if (threadIdx.x == 0) {
        shared.prefix = 0;
        shared.wanted = MAX_CANDIDATES;
    }
    for (int shift = 56; shift >= 0; shift -= 8) {
        if (threadIdx.x < 256) {
            shared.histogram[threadIdx.x] = 0;
        }
        __syncthreads();
        const uint64 prefix = shared.prefix;
        for (int i = threadIdx.x; i < count; i += THREADS) {
            if (shift == 56 || (keys[i] >> (shift + 8)) == prefix) {
                atomicAdd(&shared.histogram[(keys[i] >> shift) & 255], 1);
            }
        }
        __syncthreads();
        if (threadIdx.x == 0) {
            int digit = 255;
            while (shared.histogram[digit] < shared.wanted) {
                shared.wanted -= shared.histogram[digit--];
            }
            shared.prefix = (prefix << 8) | digit;
        }
        __syncthreads();
    }
    return shared.prefix;
}

// Copies the keys that enter into shared memory; returns their number.
__device__ int gatherKeys(const uint64* keys, int count, SharedState& shared) {
    if (count <= MAX_CANDIDATES) {
        for (int i = threadIdx.x; i < count; i += THREADS) {
            shared.keys[i] = keys[i];
        }
        __syncthreads();
        return count;
    }
    const uint64 threshold = selectThreshold(keys, count, shared);
    if (threadIdx.x == 0) {
        shared.taken = 0;
    }
    __syncthreads();
    for (int i = threadIdx.x; i < count; i += THREADS) {
        if (keys[i] >= threshold) {
            shared.keys[atomicAdd(&shared.taken, 1)] = keys[i];
        }
    }
    __syncthreads();
    return MAX_CANDIDATES;
}

// Bitonic sort, largest first; places up to the next power of two are filled with zero keys.
__device__ void sortKeys(int count, SharedState& shared) {
    int size = 1;
    while (size < count) {
        size <<= 1;
    }
    for (int i = count + threadIdx.x; i < size; i += THREADS) {
        shared.keys[i] = 0;
    }
    __syncthreads();
    for (int length = 2; length <= size; length <<= 1) {
        for (int distance = length >> 1; distance > 0; distance >>= 1) {
            for (int i = threadIdx.x; i < size / 2; i += THREADS) {
                const int low = 2 * i - (i & (distance - 1));
                const uint64 a = shared.keys[low];
                const uint64 b = shared.keys[low + distance];
                const bool descending = (low & length) == 0;
                if (descending == (a < b)) {
                    shared.keys[low] = b;
                    shared.keys[low + distance] = a;
                }
            }
            __syncthreads();
        }
    }
}

// Bit j of overlaps[i], j > i: candidate i of the tile suppresses candidate j.
__device__ void fillOverlaps(int size, const SuppressParameters& p, SharedState& shared) {
    const int lane = threadIdx.x & 31;
    for (int row = threadIdx.x >> 5; row < TILE; row += THREADS / 32) {
        const bool rowUsed = row < size;
        const bool low = rowUsed && lane > row && lane < size &&
                         suppresses(shared.tile[row], shared.tile[lane], p);
        const bool high = rowUsed && lane + 32 > row && lane + 32 < size &&
                          suppresses(shared.tile[row], shared.tile[lane + 32], p);
        const uint64 word = (uint64)__ballot_sync(0xFFFFFFFFu, low) |
                            ((uint64)__ballot_sync(0xFFFFFFFFu, high) << 32);
        if (lane == 0) {
            shared.overlaps[row] = word;
        }
    }
}

// Thread 0: keeps the tile's candidates that are alive and that nobody better in it suppresses.
__device__ void resolveTile(int room, SharedState& shared) {
    uint64 alive = shared.alive;
    int count = 0;
    while (alive != 0 && count < room) {
        const int best = __ffsll((long long)alive) - 1;
        shared.survivors[count++] = best;
        alive &= ~shared.overlaps[best] & ~(1ull << best);
    }
    shared.survivorCount = count;
}

struct Output {
    float4* boxes;      // [batch, maxDetections]: left, top, width, height in source pixels
    float* scores;      // [batch, maxDetections]
    int* classIds;      // [batch, maxDetections]
    int* anchors;       // [batch, maxDetections]
    int* counts;        // [batch]
};

// From a column or row of the model's input to one of the picture, at most at its edge.
__device__ float toPicture(float input, int pad, double scale, int size) {
    return fmaxf(0.0f, fminf((float)size, toSource(input, pad, scale)));
}

__device__ void write(const Output& output, long long place, const Candidate& candidate,
                      uint64 key, const FrameDescriptor& frame) {
    const float left = toPicture(candidate.box.x, frame.padLeft, frame.scaleX, frame.width);
    const float top = toPicture(candidate.box.y, frame.padTop, frame.scaleY, frame.height);
    const float right = toPicture(candidate.box.z, frame.padLeft, frame.scaleX, frame.width);
    const float bottom = toPicture(candidate.box.w, frame.padTop, frame.scaleY, frame.height);
    output.boxes[place] = make_float4(left, top, right - left, bottom - top);
    output.scores[place] = scoreOf(key);
    output.classIds[place] = candidate.classId;
    output.anchors[place] = anchorOf(key);
}

extern "C" __global__ void __launch_bounds__(THREADS)
        suppress(const FrameDescriptor* __restrict__ frames, const uint64* __restrict__ keys,
                 const float4* __restrict__ boxes, const int* __restrict__ classIds,
                 const int* __restrict__ counts, const int* __restrict__ nonFinite,
                 const SuppressParameters common, const Output output
#if KEYPOINTS
                 , const KeypointParameters keypoints
#endif
        ) {
    __shared__ SharedState shared;
    const int image = blockIdx.x;
    SuppressParameters parameters = common;
    if (frames[image].overlapThreshold >= 0.0f && common.overlapThreshold <= 1.0f) {
        parameters.overlapThreshold = frames[image].overlapThreshold;
    }
    const long long base = (long long)image * parameters.capacity;
    const int count = gatherKeys(keys + base, min(counts[image], parameters.capacity), shared);
    sortKeys(count, shared);

    Candidate own[PER_THREAD];
    bool alive[PER_THREAD];
    for (int k = 0; k < PER_THREAD; k++) {
        const int i = k * THREADS + threadIdx.x;
        alive[k] = i < count;
        if (alive[k]) {
            const int anchor = anchorOf(shared.keys[i]);
            own[k] = {boxes[base + anchor], classIds[base + anchor]};
        }
    }
    if (threadIdx.x == 0) {
        shared.kept = 0;
    }
    for (int start = 0; start < count; start += TILE) {
        const int size = min(TILE, count - start);
        if (threadIdx.x == 0) {
            shared.alive = 0;
        }
        __syncthreads();
        for (int k = 0; k < PER_THREAD; k++) {
            const int i = k * THREADS + threadIdx.x - start;
            if (i >= 0 && i < size) {
                shared.tile[i] = own[k];
                if (alive[k]) {
                    atomicOr(&shared.alive, 1ull << i);
                }
            }
        }
        __syncthreads();
        fillOverlaps(size, parameters, shared);
        __syncthreads();
        if (threadIdx.x == 0) {
            resolveTile(parameters.maxDetections - shared.kept, shared);
        }
        __syncthreads();
        const int survivors = shared.survivorCount;
        const int kept = shared.kept;
        uint64 key = 0;
        if (threadIdx.x < survivors) {
            const int i = shared.survivors[threadIdx.x];
            key = shared.keys[start + i];
            write(output, (long long)image * parameters.maxDetections + kept + threadIdx.x,
                  shared.tile[i], key, frames[image]);
        }
        for (int k = 0; k < PER_THREAD; k++) {
            const int i = k * THREADS + threadIdx.x;
            for (int s = 0; alive[k] && i >= start + size && s < survivors; s++) {
                alive[k] = !suppresses(shared.tile[shared.survivors[s]], own[k], parameters);
            }
        }
        __syncthreads();
#if KEYPOINTS
        // Keys of this tile and of those before it are not looked at any more.
        if (threadIdx.x < survivors) {
            shared.keys[kept + threadIdx.x] = key;
        }
#endif
        if (threadIdx.x == 0) {
            shared.kept = kept + survivors;
        }
        if (kept + survivors >= parameters.maxDetections) {
            break;
        }
    }
    __syncthreads();
    bool spoilt = nonFinite[image] != 0;
#if KEYPOINTS
    spoilt |= writeKeypoints(keypoints, frames[image], shared.keys, shared.kept,
                             parameters.maxDetections);
    spoilt = __syncthreads_or(spoilt);
#endif
    if (threadIdx.x == 0) {
        output.counts[image] = spoilt ? -1 : shared.kept;
    }
}
