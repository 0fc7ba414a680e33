/** The model file: one validated tree that says how a network is fed and read. */
@NullMarked
package io.frameflow.model;

import org.jspecify.annotations.NullMarked;
