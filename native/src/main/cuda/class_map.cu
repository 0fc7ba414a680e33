// Semantic segmentation: logits [batch, classes, gridHeight, gridWidth] to the class of every pixel of
// each frame, one byte a pixel. Argmax and the way back from the model's input to the frame (out of the
// letterbox, or the stretch, and up from the grid) are one pass: no resized logits exist in memory.
//
// Each logit is interpolated bilinearly to the centre of the frame's pixel, first between rows, then
// between columns; the greatest wins, of equal ones the first. Neighbours that lie in the padding are
// the outermost cell that the frame reaches into. Compiled with --fmad=false: the values equal those of
// the CPU twin bit for bit.
//
// Compiled with INPUT_HALF 0 or 1. Launch: blocks of 256 threads, grid (any, 1, batch); the threads of
// a picture take its pixels in turn, so that one launch serves frames of all sizes. Neighbouring
// threads read neighbouring cells of the same planes: nearly all reads beyond the first hit the cache.
#include "element.cuh"
#include "types.cuh"

struct ClassMapParameters {
    int classes;        // 2 to 256
    int gridWidth;
    int gridHeight;
    int inputWidth;     // of the model, pixels
    int inputHeight;
};

// Two neighbouring cells along an axis, and how far the pixel lies between their centres.
struct Taps {
    int first;
    int second;
    float fraction;
};

__device__ __forceinline__ Taps taps(int pixel, int sourceSize, int resizedSize, int padding,
                                     int inputSize, int cells) {
    const double input = (pixel + 0.5) * ((double)resizedSize / sourceSize) + padding;
    const float position = (float)(input * ((double)cells / inputSize) - 0.5);
    const int index = (int)floorf(position);
    const int least = (int)((long long)padding * cells / inputSize);
    const int most =
            (int)(((long long)(padding + resizedSize) * cells + inputSize - 1) / inputSize) - 1;
    return {max(least, min(most, index)), max(least, min(most, index + 1)), position - index};
}

__device__ __forceinline__ float blend(float a, float b, float fraction) {
    return a + (b - a) * fraction;
}

extern "C" __global__ void classMap(const FrameDescriptor* __restrict__ frames,
                                    const Element* __restrict__ logits,
                                    const ClassMapParameters p,
                                    const uint64* __restrict__ maps,
                                    int* __restrict__ nonFinite) {
    const FrameDescriptor frame = frames[blockIdx.z];
    uint8* map = reinterpret_cast<uint8*>(maps[blockIdx.z]);
    const long long pixels = (long long)frame.width * frame.height;  // 0 for an unused place
    const long long plane = (long long)p.gridWidth * p.gridHeight;
    const Element* image = logits + plane * p.classes * blockIdx.z;
    float check = 0.0f;
    for (long long pixel = (long long)blockIdx.x * blockDim.x + threadIdx.x; pixel < pixels;
         pixel += (long long)gridDim.x * blockDim.x) {
        const int y = (int)(pixel / frame.width);
        const int x = (int)(pixel - (long long)y * frame.width);
        const Taps columns = taps(x, frame.width, frame.resizedWidth, frame.padLeft, p.inputWidth,
                                  p.gridWidth);
        const Taps rows = taps(y, frame.height, frame.resizedHeight, frame.padTop, p.inputHeight,
                               p.gridHeight);
        const Element* upper = image + (long long)rows.first * p.gridWidth;
        const Element* lower = image + (long long)rows.second * p.gridWidth;
        float best = 0.0f;
        int bestClass = 0;
        for (int c = 0; c < p.classes; c++) {
            const float left = blend(toFloat(upper[columns.first]), toFloat(lower[columns.first]),
                                     rows.fraction);
            const float right = blend(toFloat(upper[columns.second]),
                                      toFloat(lower[columns.second]), rows.fraction);
            const float value = blend(left, right, columns.fraction);
            check += value * 0.0f;
            if (c == 0 || value > best) {
                best = value;
                bestClass = c;
            }
            upper += plane;
            lower += plane;
        }
        map[pixel] = (uint8)bestClass;
    }
    if (check != 0.0f) {  // so is NaN, which infinities times 0 are
        nonFinite[blockIdx.z] = 1;
    }
}
