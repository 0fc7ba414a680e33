// An element of a network's outputs, of half or single precision: INPUT_HALF 1 or 0.
#pragma once
#include "types.cuh"

namespace {

#if INPUT_HALF
typedef uint16 Element;
__device__ __forceinline__ float toFloat(Element value) { return fromHalf(value); }
#else
typedef float Element;
__device__ __forceinline__ float toFloat(Element value) { return value; }
#endif

}  // namespace
