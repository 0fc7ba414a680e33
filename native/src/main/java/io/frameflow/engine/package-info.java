/**
 * What runs a network: what all engines say about it, and how the ones that work in the host's
 * memory are fed.
 */
@NullMarked
package io.frameflow.engine;

import org.jspecify.annotations.NullMarked;
