/**
 * Changes of settings while the job runs: what a control message asks for, whether it makes sense,
 * what then holds for each camera, and what the sender is told. Plain Java but for the records.
 */
@NullMarked
package io.frameflow.operators.control;

import org.jspecify.annotations.NullMarked;
