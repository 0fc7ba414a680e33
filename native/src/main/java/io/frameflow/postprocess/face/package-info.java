/** Detectors of faces with five landmarks. */
@NullMarked
package io.frameflow.postprocess.face;

import org.jspecify.annotations.NullMarked;
