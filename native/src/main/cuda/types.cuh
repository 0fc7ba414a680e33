// Fixed-width types and the layouts that host and device share. NVRTC brings no standard headers.
#pragma once

typedef unsigned char uint8;
typedef unsigned short uint16;
typedef unsigned int uint32;
typedef unsigned long long uint64;

// One picture of a batch and where it goes in the model's input; 64 bytes, 8-byte aligned. The host
// fills it, the kernels read it from device memory, so that a launch is prepared once for every batch.
struct FrameDescriptor {
    uint64 pixels;      // device address of the first byte
    int pitch;          // bytes from one row to the next
    int width;          // pixels; 0 for an unused place of the batch
    int height;         // pixels
    int format;         // PictureLayout in picture.cuh
    int resizedWidth;   // size of the picture inside the model's input, pixels
    int resizedHeight;
    int padLeft;        // pixels of padding before it
    int padTop;
    double scaleX;      // pixels of the model's input for one pixel of the picture
    double scaleY;
    float scoreThreshold;    // the frame's own instead of the model's; below 0 for the model's
    float overlapThreshold;
};

// From a column or row of the model's input to one of the picture, which may lie outside of it.
__device__ __forceinline__ float toSource(float input, int pad, double scale) {
    return (float)((input - pad) / scale);
}

// One picture whose noise is reduced; 96 bytes, 8-byte aligned. Histories of interleaved pixels have a word a
// pixel: means of red, green and blue in quarters of a grey level, 10 bits each from the lowest on, and above
// them the frames they rest on, less one, at most 3. Those of planes: denoise_planes_picture.cuh.
struct DenoisePicture {
    uint64 pixels;          // device address of the first byte
    uint64 history;         // means up to the frame before; 16-byte aligned
    uint64 newHistory;      // receives the means; another place than history
    uint64 output;          // receives red, green and blue, or planes as they came; 16-byte aligned
    uint64 frameCount;      // an int: frames that the history rests on
    int pitch;              // bytes from one row of pixels to the next
    int width;              // pixels
    int height;             // pixels
    int format;             // PictureLayout in picture.cuh
    int historyPitch;       // words, or numbers of 16 bits, from one row of history to the next
    int outputPitch;        // bytes from one row of output to the next
    int begins;             // 1 where the history is not to be looked at
    int newestWeight;       // FilterTuning.java says what these mean
    int motionThreshold;
    int mostNoise;
    int spatialRange;
    int spatialShare;
    uint64 reserved;
};

// What the filter of one picture goes by, once its noise is known: PictureParameters.java. By age of
// a pixel's mean where there are four.
struct DenoiseParameters {
    int fresh;
    int motionShare;
    int falloff;            // of interleaved pixels
    uint32 planeFalloff;    // of luma, a pair in half precision below 0
    uint32 chromaFalloff;
    int newestWeight[4];
    int expectedDifference[4];
    int motionGain[4];
    int spatialShare[4];
};

// Brightness in a word of history, in quarters of a grey level: red + 2 green + blue.
__device__ __forceinline__ int historyLuma(uint32 word) {
    return ((word & 0x3FF) + 2 * (word >> 10 & 0x3FF) + (word >> 20 & 0x3FF)) >> 2;
}

// IEEE half precision without cuda_fp16.h.
__device__ __forceinline__ uint16 toHalf(float value) {
    uint16 bits;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(bits) : "f"(value));
    return bits;
}

__device__ __forceinline__ float fromHalf(uint16 bits) {
    float value;
    asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(bits));
    return value;
}

__device__ __forceinline__ bool isFinite(float value) { return fabsf(value) <= 3.402823466e38f; }

// The exponential, computed in double precision so that it equals the host's when rounded.
__device__ __forceinline__ float exponential(float value) { return (float)exp((double)value); }

// The logistic function of a difference of logits, in double precision for the same reason.
__device__ __forceinline__ double logistic(double value) { return 1.0 / (1.0 + exp(-value)); }

// Where the candidates of a batch go; the layout that CandidateBuffers.java writes.
//
// A candidate is a 64-bit key, the bits of its score above the complement of its anchor: sorted
// downwards, keys order candidates by score, equal scores by anchor. The order in which keys are
// appended varies between runs, the sorted order does not. Boxes and classes are stored by anchor.
struct CandidateSink {
    uint64* keys;                   // [batch, capacity]
    float4* boxes;                  // [batch, capacity]: left, top, right, bottom in the input
    int* classIds;                  // [batch, capacity]
    int* counts;                    // [batch]: keys appended, zero at first
    int* nonFinite;                 // [batch]: 1 where numbers that matter are infinite or none
    const FrameDescriptor* frames;  // [batch]: their own thresholds
    const float* classThresholds;   // those of single classes, below 0 for none; null: all alike
    int capacity;                   // anchors an image
    float scoreThreshold;           // what holds where neither frame nor class has its own
    float leastOfClasses;           // the least that a class has of its own, 1 or more for none
};

__device__ __forceinline__ int anchorOf(uint64 key) { return (int)(0xFFFFFFFFu - (uint32)key); }

__device__ __forceinline__ float scoreOf(uint64 key) {
    return __uint_as_float((uint32)(key >> 32));
}

// The score that candidates of classes without a threshold of their own need more than.
__device__ __forceinline__ float commonThreshold(const CandidateSink& sink, int image) {
    const float own = sink.frames[image].scoreThreshold;
    return own >= 0.0f ? own : sink.scoreThreshold;
}

// The least score that a candidate of any class needs more than.
__device__ __forceinline__ float leastThreshold(const CandidateSink& sink, int image) {
    return fminf(commonThreshold(sink, image), sink.leastOfClasses);
}

// Keeps an anchor whose score is above the least threshold, if it is above that of its class; reports a
// box that is not finite.
__device__ __forceinline__ bool keep(const CandidateSink& sink, int image, int anchor, float score,
                                     int classId, const float4& box) {
    if (!isFinite(box.x + box.y + box.z + box.w)) {
        sink.nonFinite[image] = 1;
        return false;
    }
    if (sink.classThresholds != nullptr) {
        const float own = sink.classThresholds[classId];
        if (!(score > (own >= 0.0f ? own : commonThreshold(sink, image)))) {
            return false;
        }
    }
    const long long place = (long long)image * sink.capacity;
    const int slot = atomicAdd(&sink.counts[image], 1);
    sink.keys[place + slot] = ((uint64)__float_as_uint(score) << 32) | (0xFFFFFFFFu - anchor);
    sink.boxes[place + anchor] = box;
    sink.classIds[place + anchor] = classId;
    return true;
}
