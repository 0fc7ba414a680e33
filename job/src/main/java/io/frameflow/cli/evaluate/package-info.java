/** How good results are: measures against ground truth, one package a kind, and their output. */
@NullMarked
package io.frameflow.cli.evaluate;

import org.jspecify.annotations.NullMarked;
