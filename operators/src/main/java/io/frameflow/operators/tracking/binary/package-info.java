/** The compact binary encoding in which the state of a camera is kept. */
@NullMarked
package io.frameflow.operators.tracking.binary;

import org.jspecify.annotations.NullMarked;
