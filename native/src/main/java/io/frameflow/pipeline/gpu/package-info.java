/**
 * The pipeline on a card: from encoded bytes in host memory to final boxes in host memory, with
 * nothing in between that crosses the bus or asks the host.
 */
@NullMarked
package io.frameflow.pipeline.gpu;

import org.jspecify.annotations.NullMarked;
