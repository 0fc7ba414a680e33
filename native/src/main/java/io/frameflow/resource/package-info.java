/**
 * Ownership of memory and handles that the garbage collector does not know: closed once, closed
 * when half made, and found in tests when forgotten. And of the threads that use them, which end
 * before.
 */
@NullMarked
package io.frameflow.resource;

import org.jspecify.annotations.NullMarked;
