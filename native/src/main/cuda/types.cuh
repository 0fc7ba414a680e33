// Fixed-width types and the layouts that host and device share. NVRTC brings no standard headers.
#pragma once

typedef unsigned char uint8;
typedef unsigned short uint16;
typedef unsigned int uint32;
typedef unsigned long long uint64;

// How a picture's bytes are read; the numbers equal those of FrameDescriptors.java.
enum PixelFormat { RGB8 = 0, BGR8 = 1, GRAY8 = 2, NV12 = 3 };

// One picture of a batch and where it goes in the model's input; 64 bytes, 8-byte aligned. The host
// fills it, the kernels read it from device memory, so that a captured graph serves every batch.
struct FrameDescriptor {
    uint64 pixels;      // device address of the first byte
    int pitch;          // bytes from one row to the next
    int width;          // pixels; 0 for an unused place of the batch
    int height;         // pixels
    int format;         // PixelFormat
    int resizedWidth;   // size of the picture inside the model's input, pixels
    int resizedHeight;
    int padLeft;        // pixels of padding before it
    int padTop;
    double scaleX;      // pixels of the model's input for one pixel of the picture
    double scaleY;
    uint64 reserved;
};

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
