/** How much accuracy a plan loses against the same network in single precision. */
@NullMarked
package io.frameflow.cli.evaluate.accuracy;

import org.jspecify.annotations.NullMarked;
