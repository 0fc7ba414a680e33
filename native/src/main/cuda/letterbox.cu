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

__device__ __forceinline__ Pixel load(const FrameDescriptor& frame, int x, int y) {
    return readPixel(reinterpret_cast<const uint8*>(frame.pixels), frame.pitch, frame.height,
                     frame.format, x, y);
}

// Position of an output pixel between two source pixels: their indices, and their weights in 2048ths.
// Beyond the edge both are the pixel at the edge, with their weights as they are: the vertical sum
// truncates each of its terms, and would differ by 1 otherwise.
struct Taps {
    int first;
    int second;
    int firstWeight;
    int secondWeight;
};

__device__ __forceinline__ Taps taps(int target, int sourceSize, int targetSize) {
    const double scale = 1.0 / ((double)targetSize / sourceSize);
    const float position = (float)((target + 0.5) * scale - 0.5);
    const int index = (int)floorf(position);
    const float fraction = position - index;
    const int last = sourceSize - 1;
    return {min(max(index, 0), last), min(max(index + 1, 0), last),
            __float2int_rn((1.0f - fraction) * 2048.0f), __float2int_rn(fraction * 2048.0f)};
}

__device__ __forceinline__ int blend(int a, int b, int c, int d, const Taps& x, const Taps& y) {
    const int upper = a * x.firstWeight + b * x.secondWeight;
    const int lower = c * x.firstWeight + d * x.secondWeight;
    return (((y.firstWeight * (upper >> 4)) >> 16) + ((y.secondWeight * (lower >> 4)) >> 16) + 2) >>
           2;
}

__device__ Pixel sample(const FrameDescriptor& frame, int x, int y) {
    const Taps columns = taps(x, frame.width, frame.resizedWidth);
    const Taps rows = taps(y, frame.height, frame.resizedHeight);
    const Pixel a = load(frame, columns.first, rows.first);
    const Pixel b = load(frame, columns.second, rows.first);
    const Pixel c = load(frame, columns.first, rows.second);
    const Pixel d = load(frame, columns.second, rows.second);
    return {blend(a.red, b.red, c.red, d.red, columns, rows),
            blend(a.green, b.green, c.green, d.green, columns, rows),
            blend(a.blue, b.blue, c.blue, d.blue, columns, rows)};
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
