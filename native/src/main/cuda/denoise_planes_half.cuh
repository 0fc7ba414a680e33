// Pairs of numbers in IEEE half precision, rounded to the nearest as Half.java does. NVRTC brings no
// cuda_fp16.h.
#pragma once
#include "types.cuh"

namespace {

// In half precision, 1024 plus a byte is 0x6400 plus that byte.
constexpr uint32 WITH_LEVELS = 0x64006400;
constexpr uint32 HALF_ONES = 0x3C003C00;
constexpr uint32 HALF_EIGHTHS = 0x30003000;

__device__ __forceinline__ uint32 halfSub(uint32 a, uint32 b) {
    uint32 result;
    asm("sub.rn.f16x2 %0, %1, %2;" : "=r"(result) : "r"(a), "r"(b));
    return result;
}

// a * b + c, rounded once.
__device__ __forceinline__ uint32 halfFma(uint32 a, uint32 b, uint32 c) {
    uint32 result;
    asm("fma.rn.f16x2 %0, %1, %2, %3;" : "=r"(result) : "r"(a), "r"(b), "r"(c));
    return result;
}

// The same, no less than 0 and no more than 1.
__device__ __forceinline__ uint32 halfFmaWithinOne(uint32 a, uint32 b, uint32 c) {
    uint32 result;
    asm("fma.rn.sat.f16x2 %0, %1, %2, %3;" : "=r"(result) : "r"(a), "r"(b), "r"(c));
    return result;
}

__device__ __forceinline__ uint32 halfMagnitude(uint32 a) { return a & 0x7FFF7FFF; }

// A whole number up to 1023 twice, as a part of 256.
__device__ __forceinline__ uint32 halfPart(uint32 number) {
    constexpr uint32 PART = 0x1C001C00;         // 1 / 256
    constexpr uint32 MINUS_FOUR = 0xC400C400;   // 1024 of 256 parts, which stand above the number
    return halfFma(number * 0x10001 | WITH_LEVELS, PART, MINUS_FOUR);
}

}  // namespace
