/**
 * The pipeline on the CPU: pictures are decoded and preprocessed on a few threads, and go through
 * the engine on another.
 */
@NullMarked
package io.frameflow.pipeline.cpu;

import org.jspecify.annotations.NullMarked;
