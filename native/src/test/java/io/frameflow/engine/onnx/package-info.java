/** Tests of ONNX Runtime on the CPU, and small networks for tests. */
@NullMarked
package io.frameflow.engine.onnx;

import org.jspecify.annotations.NullMarked;
