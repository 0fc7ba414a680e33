/**
 * Control between the JobManager and the subtasks of inference: a coordinator that reads the
 * messages, decides, tells the subtasks, and knows when all of them have done it. Its state is part
 * of each checkpoint. {@code docs/adr} says why it is no stream.
 */
@NullMarked
package io.frameflow.operators.control.coordination;

import org.jspecify.annotations.NullMarked;
