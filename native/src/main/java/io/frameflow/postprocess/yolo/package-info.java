/** YOLO networks with their head in the graph. */
@NullMarked
package io.frameflow.postprocess.yolo;

import org.jspecify.annotations.NullMarked;
