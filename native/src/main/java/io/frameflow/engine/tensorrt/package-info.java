/**
 * TensorRT at run time: plans become engines, whose weights a card holds once, and execution
 * contexts, one for each user. Building plans is another package's matter.
 */
@NullMarked
package io.frameflow.engine.tensorrt;

import org.jspecify.annotations.NullMarked;
