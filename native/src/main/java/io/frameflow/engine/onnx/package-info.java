/** ONNX Runtime on the CPU. */
@NullMarked
package io.frameflow.engine.onnx;

import org.jspecify.annotations.NullMarked;
