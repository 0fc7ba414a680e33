/**
 * From a network's outputs to results in source pixels: what all families share. Each family has a
 * package of its own beneath this one.
 */
@NullMarked
package io.frameflow.postprocess;

import org.jspecify.annotations.NullMarked;
