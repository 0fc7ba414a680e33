/** ONNX files as data: their encoding, and networks from which a part is taken away. */
@NullMarked
package io.frameflow.onnx;

import org.jspecify.annotations.NullMarked;
