// The keypoints of the detections that the suppression kept, gathered by their anchors and mapped to pixels of the
// source frame. Unlike boxes, keypoints may lie outside of it. Where the network gives them no scores, they have that
// of their detection.
//
// INPUT_HALF 0 or 1 for the element type.
#pragma once
#include "element.cuh"
#include "types.cuh"

namespace {

struct KeypointParameters {
    const Element* numbers;
    float* keypoints;       // [batch, maxDetections, count, 3]: x, y, score
    int imageStride;        // elements from one image to the next
    int anchorStride;       // from one anchor to the next
    int channelStride;      // from one number of an anchor to the next
    int firstChannel;       // the first keypoint's x
    int count;              // of each anchor
    int numbersEach;        // of each keypoint: 2 for x and y, 3 for x, y and score
};

// By all threads of a block, for its image. Tells each whether one of its keypoints is not finite.
__device__ __forceinline__ bool writeKeypoints(const KeypointParameters& p,
                                               const FrameDescriptor& frame, const uint64* keptKeys,
                                               int kept, int maxDetections) {
    const Element* image = p.numbers + (long long)blockIdx.x * p.imageStride;
    float* targets = p.keypoints + 3ll * blockIdx.x * maxDetections * p.count;
    bool spoilt = false;
    for (int i = threadIdx.x; i < kept * p.count; i += blockDim.x) {
        const uint64 key = keptKeys[i / p.count];
        const long long channel = p.firstChannel + i % p.count * p.numbersEach;
        const Element* own =
            image + (long long)anchorOf(key) * p.anchorStride + channel * p.channelStride;
        const float x = toFloat(own[0]);
        const float y = toFloat(own[p.channelStride]);
        const float score = p.numbersEach == 3 ? toFloat(own[2 * p.channelStride]) : scoreOf(key);
        spoilt |= !isFinite(x + y + score);
        targets[3 * i] = toSource(x, frame.padLeft, frame.scaleX);
        targets[3 * i + 1] = toSource(y, frame.padTop, frame.scaleY);
        targets[3 * i + 2] = score;
    }
    return spoilt;
}

}  // namespace
