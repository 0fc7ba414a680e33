/** Measures an engine by itself, as TensorRT's own tool trtexec does. For the command line only. */
@NullMarked
package io.frameflow.engine.tensorrt.bench;

import org.jspecify.annotations.NullMarked;
