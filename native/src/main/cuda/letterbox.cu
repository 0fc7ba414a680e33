// Letterbox, normalisation and layout in one pass: interleaved 8-bit pictures of any size to planar
// floating point, [batch, 3, outputHeight, outputWidth].
//
// Bilinear with half-pixel centres in OpenCV's 8-bit arithmetic (INTER_LINEAR: weights of 11 bits,
// the horizontal sum exact, the vertical one with its two truncations), so that a picture gives the
// same pixels here, on the CPU, and in the training framework. Padding is a constant. Normalisation is
// a table [3][256], channel and 8-bit value to number, filled by the host with the CPU's arithmetic.
//
// With ROUND_PIXELS 0 the picture is scaled in single precision instead, along rows first, and what
// comes out is normalised without being rounded, for networks whose training scales pictures so.
//
// Compiled with OUTPUT_HALF and ROUND_PIXELS 0 or 1. Launch: blocks of 32 x 8 threads, one thread an output pixel,
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
    double scale;       // with ROUND_PIXELS 0: a level becomes scale * (level - offset) / deviation
    double offsets[3];
    double deviations[3];
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
    float fraction;     // how far it lies from the first to the second
};

__device__ __forceinline__ Taps taps(int target, int sourceSize, int targetSize) {
    const double scale = 1.0 / ((double)targetSize / sourceSize);
    const float position = (float)((target + 0.5) * scale - 0.5);
    const int index = (int)floorf(position);
    const float fraction = position - index;
    const int last = sourceSize - 1;
    return {min(max(index, 0), last), min(max(index + 1, 0), last),
            __float2int_rn((1.0f - fraction) * 2048.0f), __float2int_rn(fraction * 2048.0f), fraction};
}

__device__ __forceinline__ int blend(int a, int b, int c, int d, const Taps& x, const Taps& y) {
    const int upper = a * x.firstWeight + b * x.secondWeight;
    const int lower = c * x.firstWeight + d * x.secondWeight;
    return (((y.firstWeight * (upper >> 4)) >> 16) + ((y.secondWeight * (lower >> 4)) >> 16) + 2) >>
           2;
}

#if ROUND_PIXELS
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

__device__ __forceinline__ float number(const LetterboxParameters& p, const float* normalized,
                                        int channel, int level) {
    return __ldg(normalized + 256 * channel + level);
}
#else
struct Levels {
    float red;
    float green;
    float blue;
};

__device__ __forceinline__ float between(int a, int b, int c, int d, const Taps& x,
                                         const Taps& y) {
    const float upper = a + (b - a) * x.fraction;
    const float lower = c + (d - c) * x.fraction;
    return upper + (lower - upper) * y.fraction;
}

__device__ Levels sample(const FrameDescriptor& frame, int x, int y) {
    const Taps columns = taps(x, frame.width, frame.resizedWidth);
    const Taps rows = taps(y, frame.height, frame.resizedHeight);
    const Pixel a = load(frame, columns.first, rows.first);
    const Pixel b = load(frame, columns.second, rows.first);
    const Pixel c = load(frame, columns.first, rows.second);
    const Pixel d = load(frame, columns.second, rows.second);
    return {between(a.red, b.red, c.red, d.red, columns, rows),
            between(a.green, b.green, c.green, d.green, columns, rows),
            between(a.blue, b.blue, c.blue, d.blue, columns, rows)};
}

__device__ __forceinline__ float number(const LetterboxParameters& p, const float* normalized,
                                        int channel, float level) {
    return (float)(p.scale * ((double)level - p.offsets[channel]) / p.deviations[channel]);
}
#endif

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
#if ROUND_PIXELS
    Pixel pixel = {parameters.padValue, parameters.padValue, parameters.padValue};
#else
    const float padding = parameters.padValue;
    Levels pixel = {padding, padding, padding};
#endif
    if (frame.width > 0 && insideX >= 0 && insideX < frame.resizedWidth && insideY >= 0 &&
        insideY < frame.resizedHeight) {
        pixel = sample(frame, insideX, insideY);
    }
    const auto first = parameters.swapRedBlue ? pixel.blue : pixel.red;
    const auto last = parameters.swapRedBlue ? pixel.red : pixel.blue;
    const long long plane = (long long)parameters.outputWidth * parameters.outputHeight;
    Element* place = output + 3 * plane * blockIdx.z + (long long)y * parameters.outputWidth + x;
    place[0] = toElement(number(parameters, normalized, 0, first));
    place[plane] = toElement(number(parameters, normalized, 1, pixel.green));
    place[2 * plane] = toElement(number(parameters, normalized, 2, last));
}
