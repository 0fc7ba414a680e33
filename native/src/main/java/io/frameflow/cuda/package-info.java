/**
 * CUDA from Java: the device, and owning types for what lives on it. The types close once, in any
 * state, and nothing is left to the garbage collector. Every status that CUDA returns is checked.
 */
@NullMarked
package io.frameflow.cuda;

import org.jspecify.annotations.NullMarked;
