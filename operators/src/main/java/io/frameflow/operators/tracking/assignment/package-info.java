/** Optimal assignment between two sets, such as tracks and detections. */
@NullMarked
package io.frameflow.operators.tracking.assignment;

import org.jspecify.annotations.NullMarked;
