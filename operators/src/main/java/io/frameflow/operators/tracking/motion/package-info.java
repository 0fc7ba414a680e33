/** Motion models: where an object will be in the next frame, and how sure that is. */
@NullMarked
package io.frameflow.operators.tracking.motion;

import org.jspecify.annotations.NullMarked;
