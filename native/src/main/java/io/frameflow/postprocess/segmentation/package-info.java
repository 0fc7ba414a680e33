/** From a network's logits to the class of every pixel of the frame. */
@NullMarked
package io.frameflow.postprocess.segmentation;

import org.jspecify.annotations.NullMarked;
