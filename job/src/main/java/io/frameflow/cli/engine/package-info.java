/** What the commands about engines share: their options, and how they print. */
@NullMarked
package io.frameflow.cli.engine;

import org.jspecify.annotations.NullMarked;
