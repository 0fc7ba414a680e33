/**
 * Measures of tracking against ground truth: HOTA, CLEAR MOT and identity figures, computed and
 * named as the MOTChallenge's own evaluation, TrackEval, does.
 */
@NullMarked
package io.frameflow.cli.evaluate.tracking;

import org.jspecify.annotations.NullMarked;
