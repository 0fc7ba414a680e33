/** Puts a pipeline together: the one that the settings ask for and the machine can run. */
@NullMarked
package io.frameflow.pipeline.assembly;

import org.jspecify.annotations.NullMarked;
