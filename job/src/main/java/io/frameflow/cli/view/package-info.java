/** The live window: a page that shows what a running job sees, and changes its settings. */
@NullMarked
package io.frameflow.cli.view;

import org.jspecify.annotations.NullMarked;
