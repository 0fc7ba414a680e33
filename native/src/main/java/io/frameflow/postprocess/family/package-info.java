/** Which post-processing belongs to which family: the one place that knows them all. */
@NullMarked
package io.frameflow.postprocess.family;

import org.jspecify.annotations.NullMarked;
