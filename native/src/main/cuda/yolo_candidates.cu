// Decodes the output of YOLO detectors and keeps what lies above the score threshold.
//
// LAYOUT 5: [batch, anchors, 5 + classes] = cx, cy, w, h, objectness, class scores (YOLOv5, v7).
// LAYOUT 8: [batch, 4 + classes, anchors] = cx, cy, w, h, class scores (YOLOv8 and later).
// INPUT_HALF 0 or 1 for the element type.
//
// Each anchor yields at most one candidate, of its best class (the first of equals). A candidate is
// a 64-bit key, the bits of its score above the complement of its anchor: sorted downwards, keys
// order candidates by score, equal scores by anchor. The order in which keys are appended varies
// between runs, the sorted order does not. Boxes and classes are stored by anchor.
//
// Launch: grid (anchors / 256, batch) rounded up, blocks of 256 threads; counts zeroed before.
#include "types.cuh"

#if INPUT_HALF
typedef uint16 Element;
__device__ __forceinline__ float toFloat(Element value) { return fromHalf(value); }
#else
typedef float Element;
__device__ __forceinline__ float toFloat(Element value) { return value; }
#endif

struct CandidateParameters {
    int anchors;
    int classes;
    float scoreThreshold;   // a score must be above it
};

struct Best {
    float score;
    int classId;
};

__device__ __forceinline__ bool isFinite(float value) { return fabsf(value) <= 3.402823466e38f; }

#if LAYOUT == 5
__device__ __forceinline__ long long at(int anchor, int channel, const CandidateParameters& p) {
    return (long long)anchor * (5 + p.classes) + channel;
}
#else
__device__ __forceinline__ long long at(int anchor, int channel, const CandidateParameters& p) {
    return (long long)channel * p.anchors + anchor;
}
#endif

__device__ Best bestClass(const Element* image, int anchor, const CandidateParameters& p) {
#if LAYOUT == 5
    const float objectness = toFloat(image[at(anchor, 4, p)]);
    if (!(objectness > p.scoreThreshold) && objectness == objectness) {
        return {0.0f, 0};
    }
    const int firstClass = 5;
#else
    const int firstClass = 4;
#endif
    Best best = {toFloat(image[at(anchor, firstClass, p)]), 0};
    bool isNumber = best.score == best.score;
    for (int c = 1; c < p.classes; c++) {
        const float score = toFloat(image[at(anchor, firstClass + c, p)]);
        isNumber = isNumber && score == score;
        if (score > best.score) {
            best = {score, c};
        }
    }
    if (!isNumber) {
        return {__int_as_float(0x7FC00000), 0};
    }
#if LAYOUT == 5
    best.score *= objectness;
#endif
    return best;
}

extern "C" __global__ void yoloCandidates(const Element* __restrict__ output,
                                          const CandidateParameters parameters,
                                          uint64* __restrict__ keys,
                                          float4* __restrict__ boxes,
                                          int* __restrict__ classIds,
                                          int* __restrict__ counts,
                                          int* __restrict__ nonFinite) {
    const int anchor = blockIdx.x * blockDim.x + threadIdx.x;
    if (anchor >= parameters.anchors) {
        return;
    }
    const int channels = parameters.classes + (LAYOUT == 5 ? 5 : 4);
    const Element* image = output + (long long)blockIdx.y * parameters.anchors * channels;
    const Best best = bestClass(image, anchor, parameters);
    if (!isFinite(best.score)) {
        nonFinite[blockIdx.y] = 1;
        return;
    }
    if (!(best.score > parameters.scoreThreshold)) {
        return;
    }
    const float x = toFloat(image[at(anchor, 0, parameters)]);
    const float y = toFloat(image[at(anchor, 1, parameters)]);
    const float halfWidth = toFloat(image[at(anchor, 2, parameters)]) / 2.0f;
    const float halfHeight = toFloat(image[at(anchor, 3, parameters)]) / 2.0f;
    if (!isFinite(x) || !isFinite(y) || !isFinite(halfWidth) || !isFinite(halfHeight)) {
        nonFinite[blockIdx.y] = 1;
        return;
    }
    const long long place = (long long)blockIdx.y * parameters.anchors;
    const int slot = atomicAdd(&counts[blockIdx.y], 1);
    keys[place + slot] = ((uint64)__float_as_uint(best.score) << 32) | (0xFFFFFFFFu - anchor);
    boxes[place + anchor] =
            make_float4(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    classIds[place + anchor] = best.classId;
}
