// Decodes the outputs of SSD networks: boxes [batch, priors, 4] and scores [batch, priors, 1 +
// classes], that of the background first. See SsdEncoding.java for what the numbers can mean.
//
// INPUT_HALF 0 or 1 for the element type of both. Each prior yields at most one candidate, of its
// best class besides the background (the first of equals). A softmax is not computed where the score
// against the background alone, which is a bound, is not above the threshold already.
//
// Launch: grid (priors / 256, batch) rounded up, blocks of 256 threads; counts zeroed before.
#include "element.cuh"
#include "types.cuh"

struct SsdParameters {
    int priors;
    int scores;             // classes and the background
    int inputWidth;
    int inputHeight;
    int decoded;            // 1: corners as parts of the input's sides; 0: differences from priors
    int logits;             // 1: scores are logits
    int clipped;            // 1: boxes end at the edge of the input
    float centerVariance;
    float sizeVariance;
    float mostGrowth;
};

__device__ float scoreOf(const Element* scores, int best, float threshold, const SsdParameters& p) {
    const float bestScore = toFloat(scores[best]);
    if (!p.logits) {
        return bestScore;
    }
    const double bound = logistic((double)bestScore - toFloat(scores[0]));
    if (bound <= threshold) {
        return 0.0f;
    }
    double sum = 0.0;
    for (int i = 0; i < p.scores; i++) {
        sum += exp((double)toFloat(scores[i]) - bestScore);
    }
    return (float)(1.0 / sum);
}

__device__ int bestClass(const Element* scores, const SsdParameters& p) {
    int best = 1;
    float bestScore = toFloat(scores[1]);
    for (int i = 2; i < p.scores; i++) {
        const float score = toFloat(scores[i]);
        if (score != score) {
            return i;
        }
        if (score > bestScore) {
            best = i;
            bestScore = score;
        }
    }
    return best;
}

__device__ float growth(float difference, const SsdParameters& p) {
    const float exponent = difference * p.sizeVariance;
    return exponential(exponent > p.mostGrowth ? p.mostGrowth : exponent);
}

__device__ float4 boxOf(const float4& numbers, const float4& prior, const SsdParameters& p) {
    if (p.decoded) {
        return make_float4(numbers.x * p.inputWidth, numbers.y * p.inputHeight,
                           numbers.z * p.inputWidth, numbers.w * p.inputHeight);
    }
    const float x = prior.x + numbers.x * p.centerVariance * prior.z;
    const float y = prior.y + numbers.y * p.centerVariance * prior.w;
    const float halfWidth = prior.z * growth(numbers.z, p) / 2.0f;
    const float halfHeight = prior.w * growth(numbers.w, p) / 2.0f;
    return make_float4(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
}

__device__ float clip(float value, int side) { return fmaxf(0.0f, fminf((float)side, value)); }

extern "C" __global__ void ssdCandidates(const Element* __restrict__ boxes,
                                         const Element* __restrict__ scores,
                                         const float4* __restrict__ priors,
                                         const SsdParameters parameters,
                                         const CandidateSink sink) {
    const int prior = blockIdx.x * blockDim.x + threadIdx.x;
    const int image = blockIdx.y;
    if (prior >= parameters.priors) {
        return;
    }
    const float threshold = leastThreshold(sink, image);
    const long long place = (long long)image * parameters.priors + prior;
    const Element* own = scores + place * parameters.scores;
    const int best = bestClass(own, parameters);
    const float score = scoreOf(own, best, threshold, parameters);
    if (!isFinite(score)) {
        sink.nonFinite[image] = 1;
        return;
    }
    if (!(score > threshold)) {
        return;
    }
    const Element* numbers = boxes + 4 * place;
    float4 box = boxOf(make_float4(toFloat(numbers[0]), toFloat(numbers[1]), toFloat(numbers[2]),
                                   toFloat(numbers[3])),
                       priors[prior], parameters);
    if (!isFinite(box.x + box.y + box.z + box.w)) {
        sink.nonFinite[image] = 1;
        return;
    }
    if (parameters.clipped) {
        box = make_float4(clip(box.x, parameters.inputWidth), clip(box.y, parameters.inputHeight),
                          clip(box.z, parameters.inputWidth), clip(box.w, parameters.inputHeight));
    }
    keep(sink, image, prior, score, best - 1, box);
}
