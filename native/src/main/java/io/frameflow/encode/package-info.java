/**
 * JPEGs of decoded pictures, for people to look at. On the CPU; small, fast and good enough for the
 * eye: nothing that is measured or detected rests on them.
 */
@NullMarked
package io.frameflow.encode;

import org.jspecify.annotations.NullMarked;
