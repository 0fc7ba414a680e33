/**
 * The batch operator: frames in, results out in the same order, several batches in flight, nothing
 * in state.
 */
@NullMarked
package io.frameflow.operators.inference;

import org.jspecify.annotations.NullMarked;
