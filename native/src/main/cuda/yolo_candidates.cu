// Decodes the output of YOLO networks with their head in the graph and keeps what lies above the
// score threshold. Every candidate has cx, cy, w, h in pixels of the input, scores of classes
// somewhere behind them, and an objectness or none. Candidates lie in rows ([batch, anchors,
// channels]: YOLOv5, v7, YOLO5Face) or in columns ([batch, channels, anchors]: YOLOv8 and later);
// two strides tell which. Keypoints stay where they are, see keypoints.cuh.
//
// INPUT_HALF 0 or 1 for the element type. Each anchor yields at most one candidate, of its best
// class (the first of equals).
//
// Launch: grid (anchors / 256, batch) rounded up, blocks of 256 threads; counts zeroed before.
#include "element.cuh"
#include "types.cuh"

struct YoloParameters {
    int anchors;
    int channels;
    int anchorStride;
    int channelStride;
    int objectness;     // channel of the objectness, below 0 for none
    int firstClass;     // channel of the first class's score
    int classes;
};

struct Best {
    float score;
    int classId;
};

// The score and class of an anchor; no number if one of its scores is none.
__device__ Best bestClass(const Element* candidate, float scoreThreshold, const YoloParameters& p) {
    float objectness = 1.0f;
    if (p.objectness >= 0) {
        objectness = toFloat(candidate[p.objectness * p.channelStride]);
        if (!(objectness > scoreThreshold) && objectness == objectness) {
            return {0.0f, 0};
        }
    }
    const Element* scores = candidate + p.firstClass * p.channelStride;
    Best best = {toFloat(scores[0]), 0};
    bool isNumber = best.score == best.score;
    for (int c = 1; c < p.classes; c++) {
        const float score = toFloat(scores[c * p.channelStride]);
        isNumber = isNumber && score == score;
        if (score > best.score) {
            best = {score, c};
        }
    }
    if (!isNumber) {
        return {__int_as_float(0x7FC00000), 0};
    }
    if (p.objectness >= 0) {
        best.score *= objectness;
    }
    return best;
}

extern "C" __global__ void yoloCandidates(const Element* __restrict__ output,
                                          const YoloParameters parameters,
                                          const CandidateSink sink) {
    const int anchor = blockIdx.x * blockDim.x + threadIdx.x;
    const int image = blockIdx.y;
    if (anchor >= parameters.anchors) {
        return;
    }
    const float threshold = leastThreshold(sink, image);
    const Element* candidate = output +
                               (long long)image * parameters.anchors * parameters.channels +
                               (long long)anchor * parameters.anchorStride;
    const Best best = bestClass(candidate, threshold, parameters);
    if (!isFinite(best.score)) {
        sink.nonFinite[image] = 1;
        return;
    }
    if (!(best.score > threshold)) {
        return;
    }
    const int stride = parameters.channelStride;
    const float x = toFloat(candidate[0]);
    const float y = toFloat(candidate[stride]);
    const float halfWidth = toFloat(candidate[2 * stride]) / 2.0f;
    const float halfHeight = toFloat(candidate[3 * stride]) / 2.0f;
    keep(sink, image, anchor, best.score, best.classId,
         make_float4(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight));
}
