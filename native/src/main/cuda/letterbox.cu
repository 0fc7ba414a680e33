// Letterbox, normalisation and layout in one pass: interleaved 8-bit pictures of any size to planar
// floating point, [batch, 3, outputHeight, outputWidth].
//
// Bilinear with half-pixel centres in OpenCV's 8-bit arithmetic (INTER_LINEAR: weights of 11 bits,
// the horizontal sum exact, the vertical one with its two truncations), so that a picture gives the
// same pixels here, on the CPU, and in the training framework. Padding is a constant. Normalisation is
// a table [3][256], channel and 8-bit value to number, filled by the host with the CPU's arithmetic.
//
// Compiled with OUTPUT_HALF 0 or 1. Launch: blocks of 32 x 8 threads, one thread an output pixel,
// grid (width / 32, height / 8, batch), rounded up. No shared memory, no synchronisation.
#include "types.cuh"

#if OUTPUT_HALF
typedef uint16 Element;
__device__ __forceinline__ Element toElement(float value) { return toHalf(value); }
#else
typedef float Element;
__device__ __forceinline__ Element toElement(float value) { return value; }
#endif

struct LetterboxParameters {
    int outputWidth;
    int outputHeight;
    int swapRedBlue;    // 1 where the model wants blue first
    int padValue;       // 0 to 255
};

struct Pixel {
    int red;
    int green;
    int blue;
};

__device__ __forceinline__ int clampByte(int value) { return min(max(value, 0), 255); }

// BT.601, limited range, in OpenCV's 20-bit fixed point.
__device__ __forceinline__ Pixel fromYuv(int luma, int cb, int cr) {
    const int y = max(0, luma - 16) * 1220542;
    const int u = cb - 128;
    const int v = cr - 128;
    const int half = 1 << 19;
    return {clampByte((y + half + 1673527 * v) >> 20),
            clampByte((y + half - 852492 * v - 409993 * u) >> 20),
            clampByte((y + half + 2116026 * u) >> 20)};
}

__device__ __forceinline__ Pixel load(const FrameDescriptor& frame, int x, int y) {
    const uint8* row = reinterpret_cast<const uint8*>(frame.pixels) + (long long)y * frame.pitch;
    switch (frame.format) {
        case RGB8:
            return {row[3 * x], row[3 * x + 1], row[3 * x + 2]};
        case BGR8:
            return {row[3 * x + 2], row[3 * x + 1], row[3 * x]};
        case GRAY8:
            return {row[x], row[x], row[x]};
        default: {
            const uint8* chroma = reinterpret_cast<const uint8*>(frame.pixels) +
                                  (long long)(frame.height + (y >> 1)) * frame.pitch + (x & ~1);
            return fromYuv(row[x], chroma[0], chroma[1]);
        }
    }
}

// Position of an output pixel between two source pixels: the first one's index and the second one's
// weight in 2048ths.
struct Tap {
    int index;
    int weight;
};

__device__ __forceinline__ Tap tap(int target, int sourceSize, int targetSize) {
    const double ratio = (double)sourceSize / targetSize;
    const float position = (float)((target + 0.5) * ratio - 0.5);
    int index = (int)floorf(position);
    float fraction = position - index;
    if (index < 0) {
        index = 0;
        fraction = 0.0f;
    }
    if (index >= sourceSize - 1) {
        index = sourceSize - 1;
        fraction = 0.0f;
    }
    return {index, __float2int_rn(fraction * 2048.0f)};
}

__device__ __forceinline__ int blend(int a, int b, int c, int d, int x, int y) {
    const int upper = a * (2048 - x) + b * x;
    const int lower = c * (2048 - x) + d * x;
    return ((((2048 - y) * (upper >> 4)) >> 16) + ((y * (lower >> 4)) >> 16) + 2) >> 2;
}

__device__ Pixel sample(const FrameDescriptor& frame, int x, int y) {
    const Tap horizontal = tap(x, frame.width, frame.resizedWidth);
    const Tap vertical = tap(y, frame.height, frame.resizedHeight);
    const int right = min(horizontal.index + 1, frame.width - 1);
    const int below = min(vertical.index + 1, frame.height - 1);
    const Pixel a = load(frame, horizontal.index, vertical.index);
    const Pixel b = load(frame, right, vertical.index);
    const Pixel c = load(frame, horizontal.index, below);
    const Pixel d = load(frame, right, below);
    const int wx = horizontal.weight;
    const int wy = vertical.weight;
    return {blend(a.red, b.red, c.red, d.red, wx, wy),
            blend(a.green, b.green, c.green, d.green, wx, wy),
            blend(a.blue, b.blue, c.blue, d.blue, wx, wy)};
}

extern "C" __global__ void letterbox(const FrameDescriptor* __restrict__ frames,
                                     const LetterboxParameters parameters,
                                     const float* __restrict__ normalized,
                                     Element* __restrict__ output) {
    const int x = blockIdx.x * blockDim.x + threadIdx.x;
    const int y = blockIdx.y * blockDim.y + threadIdx.y;
    if (x >= parameters.outputWidth || y >= parameters.outputHeight) {
        return;
    }
    const FrameDescriptor frame = frames[blockIdx.z];
    const int insideX = x - frame.padLeft;
    const int insideY = y - frame.padTop;
    Pixel pixel = {parameters.padValue, parameters.padValue, parameters.padValue};
    if (frame.width > 0 && insideX >= 0 && insideX < frame.resizedWidth && insideY >= 0 &&
        insideY < frame.resizedHeight) {
        pixel = sample(frame, insideX, insideY);
    }
    const int first = parameters.swapRedBlue ? pixel.blue : pixel.red;
    const int last = parameters.swapRedBlue ? pixel.red : pixel.blue;
    const long long plane = (long long)parameters.outputWidth * parameters.outputHeight;
    Element* place = output + 3 * plane * blockIdx.z + (long long)y * parameters.outputWidth + x;
    place[0] = toElement(__ldg(normalized + first));
    place[plane] = toElement(__ldg(normalized + 256 + pixel.green));
    place[2 * plane] = toElement(__ldg(normalized + 512 + last));
}
