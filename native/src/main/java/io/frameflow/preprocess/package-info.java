/**
 * From a decoded picture to the network's input: scaling, padding, normalisation and planar layout
 * in one pass. What is here runs on the CPU and is the twin that defines the kernel {@code
 * letterbox.cu}.
 */
@NullMarked
package io.frameflow.preprocess;

import org.jspecify.annotations.NullMarked;
