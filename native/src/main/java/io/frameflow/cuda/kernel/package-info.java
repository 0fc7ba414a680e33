/**
 * The kernels: compiled for the card that is there, cached on disk, and one launcher for each
 * kernel file, of the same name. A launcher checks its arguments, launches on the stream that it is
 * given, checks the launch, and never waits.
 */
@NullMarked
package io.frameflow.cuda.kernel;

import org.jspecify.annotations.NullMarked;
