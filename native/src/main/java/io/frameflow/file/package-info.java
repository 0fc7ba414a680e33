/** Files that are written whole or not at all. */
@NullMarked
package io.frameflow.file;

import org.jspecify.annotations.NullMarked;
