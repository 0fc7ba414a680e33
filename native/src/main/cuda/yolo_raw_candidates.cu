// Decodes YOLO networks without their head in the graph: one feature map for each scale, in which
// every cell has several anchors with x, y, width, height, objectness and scores of classes before the
// logistic function. YOLOv3: centre = (logistic + cell) * stride, size = exp * anchor. YOLOv5: centre =
// (2 * logistic - 0.5 + cell) * stride, size = (2 * logistic)^2 * anchor.
//
// INPUT_HALF 0 or 1 for the element type of all. Each anchor of a cell yields at most one candidate, of
// its best class (the first of equals), found by the logits.
//
// Launch: grid (candidates of all scales / 256, batch) rounded up, blocks of 256 threads; counts
// zeroed before.
#include "element.cuh"
#include "types.cuh"

#define MOST_GRIDS 4

struct Grid {
    const Element* output;
    int stride;
    int columns;
    int cells;
    int firstAnchor;    // number of its first candidate
    int firstShape;     // place of its first anchor's sides
    int imageStride;
    int shapeStride;
    int cellStride;
    int channelStride;
    int unused;
};

struct Grids {
    Grid of[MOST_GRIDS];
    int count;
    int classes;
    int exponential;
};

__device__ __forceinline__ float sigmoid(float value) { return (float)logistic(value); }

__device__ int bestClass(const Element* scores, int classes, int stride) {
    int best = 0;
    float bestScore = toFloat(scores[0]);
    for (int i = 1; i < classes; i++) {
        const float score = toFloat(scores[i * stride]);
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

__device__ float center(float value, int cell, int stride, int exponential) {
    const float offset = sigmoid(value);
    return ((exponential ? offset : offset * 2.0f - 0.5f) + cell) * stride;
}

__device__ float size(float value, float side, int isExponential) {
    if (isExponential) {
        return exponential(value) * side;
    }
    const float twice = sigmoid(value) * 2.0f;
    return twice * twice * side;
}

extern "C" __global__ void yoloRawCandidates(const Grids grids, const float2* __restrict__ sides,
                                             const CandidateSink sink) {
    const int anchor = blockIdx.x * blockDim.x + threadIdx.x;
    const int image = blockIdx.y;
    if (anchor >= sink.capacity) {
        return;
    }
    const float threshold = leastThreshold(sink, image);
    int index = grids.count - 1;
    while (anchor < grids.of[index].firstAnchor) {
        index--;
    }
    const Grid& grid = grids.of[index];
    const int place = anchor - grid.firstAnchor;
    const int shape = place / grid.cells;
    const int cell = place % grid.cells;
    const int stride = grid.channelStride;
    const Element* own = grid.output + (long long)image * grid.imageStride +
                         (long long)shape * grid.shapeStride + (long long)cell * grid.cellStride;
    const float objectness = sigmoid(toFloat(own[4 * stride]));
    if (objectness <= threshold) {
        return;
    }
    const Element* scores = own + 5 * stride;
    const int best = bestClass(scores, grids.classes, stride);
    const float score = objectness * sigmoid(toFloat(scores[best * stride]));
    if (!isFinite(score)) {
        sink.nonFinite[image] = 1;
        return;
    }
    if (!(score > threshold)) {
        return;
    }
    const float2 anchorSides = sides[grid.firstShape + shape];
    const int isExponential = grids.exponential;
    const float x = center(toFloat(own[0]), cell % grid.columns, grid.stride, isExponential);
    const float y = center(toFloat(own[stride]), cell / grid.columns, grid.stride, isExponential);
    const float halfWidth = size(toFloat(own[2 * stride]), anchorSides.x, isExponential) / 2.0f;
    const float halfHeight = size(toFloat(own[3 * stride]), anchorSides.y, isExponential) / 2.0f;
    keep(sink, image, anchor, score, best,
         make_float4(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight));
}
