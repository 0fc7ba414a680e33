/** Suppression of boxes that overlap better ones. */
@NullMarked
package io.frameflow.nms;

import org.jspecify.annotations.NullMarked;
