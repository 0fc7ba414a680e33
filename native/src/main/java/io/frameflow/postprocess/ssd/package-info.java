/**
 * Detectors in the manner of SSD (Liu et al., 2016): boxes as differences from priors, and one
 * score for the background beside those of the classes.
 */
@NullMarked
package io.frameflow.postprocess.ssd;

import org.jspecify.annotations.NullMarked;
