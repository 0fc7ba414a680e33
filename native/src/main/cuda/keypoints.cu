// Gathers the keypoints of the detections that the suppression kept, by their anchors, and maps them
// to pixels of the source frame. Unlike boxes, keypoints may lie outside of it. Where the network gives
// them no scores, they have that of their detection. An image with a keypoint that is not finite gets
// the count -1.
//
// INPUT_HALF 0 or 1 for the element type. Launch: grid (batch), blocks of 256 threads.
#include "types.cuh"

#if INPUT_HALF
typedef uint16 Element;
__device__ __forceinline__ float toFloat(Element value) { return fromHalf(value); }
#else
typedef float Element;
__device__ __forceinline__ float toFloat(Element value) { return value; }
#endif

struct KeypointParameters {
    int imageStride;        // elements from one image to the next
    int anchorStride;       // from one anchor to the next
    int channelStride;      // from one number of an anchor to the next
    int firstChannel;       // the first keypoint's x
    int keypoints;          // of each anchor
    int numbers;            // of each keypoint: 2 for x and y, 3 for x, y and score
    int maxDetections;
};

struct Kept {
    int* counts;            // [batch]
    const float* scores;    // [batch, maxDetections]
    const int* anchors;     // [batch, maxDetections]
    float* keypoints;       // [batch, maxDetections, keypoints, 3]: x, y, score
};

__device__ __forceinline__ float toSource(float input, int pad, double scale) {
    return (float)((input - pad) / scale);
}

extern "C" __global__ void keypoints(const FrameDescriptor* __restrict__ frames,
                                     const Element* __restrict__ source,
                                     const KeypointParameters p, const Kept kept) {
    const int image = blockIdx.x;
    const int total = max(0, kept.counts[image]) * p.keypoints;
    const FrameDescriptor frame = frames[image];
    int spoilt = 0;
    for (int i = threadIdx.x; i < total; i += blockDim.x) {
        const long long detection = (long long)image * p.maxDetections + i / p.keypoints;
        const Element* own = source + (long long)image * p.imageStride +
                             (long long)kept.anchors[detection] * p.anchorStride +
                             (long long)(p.firstChannel + i % p.keypoints * p.numbers) *
                                     p.channelStride;
        const float x = toFloat(own[0]);
        const float y = toFloat(own[p.channelStride]);
        const float score = p.numbers == 3 ? toFloat(own[2 * p.channelStride])
                                           : kept.scores[detection];
        spoilt |= !isFinite(x + y + score);
        float* target = kept.keypoints + 3 * (detection * p.keypoints + i % p.keypoints);
        target[0] = toSource(x, frame.padLeft, frame.scaleX);
        target[1] = toSource(y, frame.padTop, frame.scaleY);
        target[2] = score;
    }
    if (__syncthreads_or(spoilt) && threadIdx.x == 0) {
        kept.counts[image] = -1;
    }
}
