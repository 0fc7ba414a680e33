/** Sizes, scaling and overlap: where a pixel of the source frame lies in the network's input. */
@NullMarked
package io.frameflow.geometry;

import org.jspecify.annotations.NullMarked;
