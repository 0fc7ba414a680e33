/** Tracking as a keyed operator: the tracker of each camera, with its state in checkpoints. */
@NullMarked
package io.frameflow.operators.tracking;

import org.jspecify.annotations.NullMarked;
