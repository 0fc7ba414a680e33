/** Gathers the pictures that calibration looks at, and keeps others apart for measuring. */
@NullMarked
package io.frameflow.cli.calibrate;

import org.jspecify.annotations.NullMarked;
