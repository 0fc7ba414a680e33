/**
 * Finds the ranges of a network's tensors for computing with bytes, from pictures. For the command
 * line only.
 */
@NullMarked
package io.frameflow.engine.tensorrt.calibrate;

import org.jspecify.annotations.NullMarked;
