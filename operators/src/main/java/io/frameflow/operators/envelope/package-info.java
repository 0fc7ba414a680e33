/**
 * Messages as they come from the source, and the frames in them. Opening is a total function: any
 * bytes end as a frame or as a dead letter.
 */
@NullMarked
package io.frameflow.operators.envelope;

import org.jspecify.annotations.NullMarked;
