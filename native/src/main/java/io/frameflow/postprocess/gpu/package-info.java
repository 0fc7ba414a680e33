/**
 * Detection on the card, for every family: which kernel decodes it, then suppression, then the
 * keypoints of what is left. The twin on the CPU is {@link io.frameflow.postprocess.family}.
 */
@NullMarked
package io.frameflow.postprocess.gpu;

import org.jspecify.annotations.NullMarked;
