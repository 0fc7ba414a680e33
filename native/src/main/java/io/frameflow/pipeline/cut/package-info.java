/** Takes the head of a detector out of its network, where the pipeline decodes itself. */
@NullMarked
package io.frameflow.pipeline.cut;

import org.jspecify.annotations.NullMarked;
