/**
 * Decoding on the card with nvJPEG: whole batches on the hardware engines where they can, one by
 * one on the multiprocessors where they cannot.
 */
@NullMarked
package io.frameflow.decode.gpu;

import org.jspecify.annotations.NullMarked;
