/**
 * Builds plans of ONNX files. Takes seconds to minutes and gigabytes, and is therefore for the
 * command line only, never for a task.
 */
@NullMarked
package io.frameflow.engine.tensorrt.build;

import org.jspecify.annotations.NullMarked;
