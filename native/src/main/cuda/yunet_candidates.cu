// Decodes YuNet's twelve outputs, as OpenCV's FaceDetectorYN does: for each of three strides the
// scores cls and obj [batch, cells, 1], boxes [batch, cells, 4] and landmarks [batch, cells, 10].
// A cell scores the geometric mean of its two scores, each held between 0 and 1. The landmarks of the
// cells that are kept are written by anchor, in pixels of the input.
//
// INPUT_HALF 0 or 1 for the element type of all.
//
// Launch: grid (cells of all strides / 256, batch) rounded up, blocks of 256 threads; counts zeroed
// before.
#include "element.cuh"
#include "types.cuh"

#define LEVELS 3
#define LANDMARKS 5

struct Level {
    const Element* faceScores;
    const Element* objectScores;
    const Element* boxes;
    const Element* landmarks;
    int stride;
    int columns;
    int cells;
    int firstAnchor;
};

struct Levels {
    Level of[LEVELS];
};

__device__ __forceinline__ float hold(float value) { return fmaxf(0.0f, fminf(1.0f, value)); }

__device__ void writeLandmarks(const Level& level, long long place, int column, int row,
                               float* target) {
    const Element* landmarks = level.landmarks + 2 * LANDMARKS * place;
    for (int i = 0; i < LANDMARKS; i++) {
        target[2 * i] = (column + toFloat(landmarks[2 * i])) * level.stride;
        target[2 * i + 1] = (row + toFloat(landmarks[2 * i + 1])) * level.stride;
    }
}

extern "C" __global__ void yunetCandidates(const Levels levels, float* __restrict__ landmarks,
                                           const CandidateSink sink) {
    const int anchor = blockIdx.x * blockDim.x + threadIdx.x;
    const int image = blockIdx.y;
    if (anchor >= sink.capacity) {
        return;
    }
    const float threshold = leastThreshold(sink, image);
    int index = LEVELS - 1;
    while (anchor < levels.of[index].firstAnchor) {
        index--;
    }
    const Level& level = levels.of[index];
    const int cell = anchor - level.firstAnchor;
    const long long place = (long long)image * level.cells + cell;
    const float face = toFloat(level.faceScores[place]);
    const float object = toFloat(level.objectScores[place]);
    if (!isFinite(face + object)) {
        sink.nonFinite[image] = 1;
        return;
    }
    const float score = sqrtf(hold(face) * hold(object));
    if (!(score > threshold)) {
        return;
    }
    const int column = cell % level.columns;
    const int row = cell / level.columns;
    const Element* box = level.boxes + 4 * place;
    const float x = (column + toFloat(box[0])) * level.stride;
    const float y = (row + toFloat(box[1])) * level.stride;
    const float halfWidth = exponential(toFloat(box[2])) * level.stride / 2.0f;
    const float halfHeight = exponential(toFloat(box[3])) * level.stride / 2.0f;
    if (keep(sink, image, anchor, score, 0,
             make_float4(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight))) {
        writeLandmarks(level, place, column, row,
                       landmarks + 2 * LANDMARKS * ((long long)image * sink.capacity + anchor));
    }
}
