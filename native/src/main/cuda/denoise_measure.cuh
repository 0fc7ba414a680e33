// What tells motion from noise in both denoise kernels, whatever they sum: MotionMeasure.java.
#pragma once
#include "types.cuh"

namespace {

constexpr int MOTION_OFFSET = 427;
constexpr int GREATEST_MEASURE = 0xFFFF;

// What holds by the age of a mean.
struct __align__(16) OfAge {
    int expectedDifference;
    int motionGain;
    int newestWeight;
    int spatialShare;
};

// When what has settled means does not move, with 16 bits behind the point.
struct Still {
    uint32 magnitudes;          // their sum is less
    uint32 sum;                 // the magnitude of the sum is not more
};

__device__ __forceinline__ OfAge ofAge(const DenoiseParameters& from, int age) {
    return {from.expectedDifference[age], from.motionGain[age], from.newestWeight[age],
            from.spatialShare[age]};
}

// The same, out of shared memory.
__device__ __forceinline__ OfAge ofAge(const OfAge* all, int age) {
    const int4 four = *reinterpret_cast<const int4*>(&all[age]);
    return {four.x, four.y, four.z, four.w};
}

// The least measure that has a share of motion, of settled means.
__device__ __forceinline__ int leastMeasure(const DenoiseParameters& from) {
    const int gain = from.motionGain[3];
    return (((MOTION_OFFSET + 1) << 12) + gain - 1) / gain;
}

// What the magnitudes, so many times of which are measured, are less than where they measure less.
__device__ __forceinline__ uint32 stillMagnitudes(const DenoiseParameters& from, int least,
                                                  int times) {
    const int magnitudes = (least + from.expectedDifference[3] + times - 1) / times;
    return (uint32)min(magnitudes, 0x7FFF) << 16;
}

// What the sum, so many times of which is measured, is not more than where it measures less.
__device__ __forceinline__ uint32 stillSum(int least, int times) {
    return (uint32)min((least - 1) / times, 0x7FFF) << 16;
}

// Whether the sum, which is in the lower half and so much more than it is, tells of no motion.
__device__ __forceinline__ bool isSumStill(uint32 sums, uint32 bias, const Still& still) {
    return sums * 0x10000 + (still.sum - bias * 0x10000) <= 2 * still.sum;
}

// The share of motion, of 256, by a measure of the sum and one of the magnitudes.
__device__ __forceinline__ int shareOf(int ofSum, int ofMagnitudes, const OfAge& age) {
    const int measure = min(GREATEST_MEASURE, max(ofSum, ofMagnitudes - age.expectedDifference));
    return min(max(((measure * age.motionGain) >> 12) - MOTION_OFFSET, 0), 256);
}

}  // namespace
