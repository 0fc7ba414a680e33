/**
 * Noise reduction on decoded pictures: a temporal filter that follows each camera, and a spatial
 * one where there is motion. This is the implementation on the CPU and the arithmetic that the
 * kernels on the GPU share with it in every bit.
 *
 * <p>All of it is in integers. A pixel's history is its mean over time in 10 bits a channel, and
 * how many frames that rests on in 2 bits: 4 bytes a pixel.
 */
@NullMarked
package io.frameflow.denoise;

import org.jspecify.annotations.NullMarked;
