// Takes over what a network with suppression in its graph has detected.
//
// JOINED 1: [batch, rows, 6] = left, top, right, bottom, score, class (YOLOv10 and later exports).
// JOINED 0: num_dets [batch, 1] and det_classes [batch, rows] as 32-bit integers, det_boxes [batch,
// rows, 4], det_scores [batch, rows] (TensorRT's EfficientNMS plugin).
// INPUT_HALF 0 or 1 for the type of the other elements.
//
// Launch: grid (rows / 256, batch) rounded up, blocks of 256 threads; counts zeroed before.
#include "element.cuh"
#include "types.cuh"

struct FinishedParameters {
    int rows;
    int classes;
};

extern "C" __global__ void finishedCandidates(const Element* __restrict__ boxes,
                                              const Element* __restrict__ scores,
                                              const int* __restrict__ counts,
                                              const int* __restrict__ classIds,
                                              const FinishedParameters p,
                                              const CandidateSink sink) {
    const int row = blockIdx.x * blockDim.x + threadIdx.x;
    const int image = blockIdx.y;
    if (row >= p.rows) {
        return;
    }
    const float threshold = leastThreshold(sink, image);
    const long long place = (long long)image * p.rows + row;
#if JOINED
    const Element* box = boxes + 6 * place;
    const float score = toFloat(box[4]);
    const float classId = toFloat(box[5]);
#else
    if (row >= counts[image]) {
        return;
    }
    const Element* box = boxes + 4 * place;
    const float score = toFloat(scores[place]);
    const float classId = (float)classIds[place];
#endif
    if (!isFinite(score)) {
        sink.nonFinite[image] = 1;
        return;
    }
    if (!(score > threshold)) {
        return;
    }
    if (!(classId >= 0.0f && classId < p.classes)) {
        sink.nonFinite[image] = 1;
        return;
    }
    keep(sink, image, row, score, (int)classId,
         make_float4(toFloat(box[0]), toFloat(box[1]), toFloat(box[2]), toFloat(box[3])));
}
