/** Detectors whose graph ends in the suppression of overlapping boxes. */
@NullMarked
package io.frameflow.postprocess.finished;

import org.jspecify.annotations.NullMarked;
