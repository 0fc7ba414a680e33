/**
 * Noise reduction on decoded pictures: a temporal filter that follows each camera, and a spatial
 * one where there is motion. This is the implementation on the CPU and the arithmetic that the
 * kernels on the GPU share with it in every bit.
 *
 * <p>Pictures of interleaved pixels and pictures in planes have a filter each, and share the noise
 * meter and the parameters. Pipelines on the CPU filter interleaved pixels alone, since they decode
 * to these; on the GPU pictures in planes stay in planes. All of it is in integers, but for the
 * spatial filter of planes, which is in half precision.
 *
 * <p>A pixel's history is its mean over time in 10 bits a channel, and how many frames that rests
 * on in 2 bits: 4 bytes a pixel. In planes each sample has a mean of 16 bits, of which the first
 * pixel of a block of 2 x 2 lends 2 to the age of all.
 */
@NullMarked
package io.frameflow.denoise;

import org.jspecify.annotations.NullMarked;
