/**
 * How much noise reduction gives and takes: a clip with noise added, against the clip itself, in
 * still and in moving parts, and by what a detector finds.
 */
@NullMarked
package io.frameflow.cli.evaluate.denoise;

import org.jspecify.annotations.NullMarked;
