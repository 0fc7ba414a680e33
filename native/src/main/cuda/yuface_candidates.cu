// Decodes YuFaceDetectNet's outputs, as OpenCV's FaceDetectorYN did before version 4.8: loc [batch,
// priors, 14], conf [batch, priors, 2] and iou [batch, priors, 1]. A prior scores the geometric mean
// of its confidence and the overlap that it expects of its box. The landmarks of the priors that are
// kept are written by anchor, in pixels of the input.
//
// INPUT_HALF 0 or 1 for the element type of all.
//
// Launch: grid (priors / 256, batch) rounded up, blocks of 256 threads; counts zeroed before.
#include "element.cuh"
#include "types.cuh"

#define LANDMARKS 5
#define NUMBERS 14

struct YuFaceParameters {
    int priors;
    int logits;             // 1: conf holds the logits of background and face
    float centerVariance;
    float widthVariance;
    float heightVariance;
};

__device__ __forceinline__ float hold(float value) { return fmaxf(0.0f, fminf(1.0f, value)); }

extern "C" __global__ void yufaceCandidates(const Element* __restrict__ locations,
                                            const Element* __restrict__ confidences,
                                            const Element* __restrict__ overlaps,
                                            const float4* __restrict__ priors,
                                            const YuFaceParameters p,
                                            float* __restrict__ landmarks,
                                            const CandidateSink sink) {
    const int anchor = blockIdx.x * blockDim.x + threadIdx.x;
    const int image = blockIdx.y;
    if (anchor >= p.priors) {
        return;
    }
    const float threshold = leastThreshold(sink, image);
    const long long place = (long long)image * p.priors + anchor;
    const float background = toFloat(confidences[2 * place]);
    const float face = toFloat(confidences[2 * place + 1]);
    const float confidence = p.logits ? (float)logistic((double)face - background) : face;
    const float overlap = toFloat(overlaps[place]);
    if (!isFinite(confidence + overlap)) {
        sink.nonFinite[image] = 1;
        return;
    }
    const float score = sqrtf(hold(confidence) * hold(overlap));
    if (!(score > threshold)) {
        return;
    }
    const Element* numbers = locations + NUMBERS * place;
    const float4 prior = priors[anchor];
    const float x = prior.x + toFloat(numbers[0]) * p.centerVariance * prior.z;
    const float y = prior.y + toFloat(numbers[1]) * p.centerVariance * prior.w;
    const float halfWidth = prior.z * exponential(toFloat(numbers[2]) * p.widthVariance) / 2.0f;
    const float halfHeight = prior.w * exponential(toFloat(numbers[3]) * p.heightVariance) / 2.0f;
    if (!keep(sink, image, anchor, score, 0,
              make_float4(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight))) {
        return;
    }
    float* target = landmarks + 2 * LANDMARKS * place;
    for (int i = 0; i < LANDMARKS; i++) {
        target[2 * i] = prior.x + toFloat(numbers[4 + 2 * i]) * p.centerVariance * prior.z;
        target[2 * i + 1] = prior.y + toFloat(numbers[5 + 2 * i]) * p.centerVariance * prior.w;
    }
}
