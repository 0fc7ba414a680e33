/**
 * Noise reduction on the card: histories of cameras in device memory, pictures of a batch at once.
 */
@NullMarked
package io.frameflow.denoise.gpu;

import org.jspecify.annotations.NullMarked;
