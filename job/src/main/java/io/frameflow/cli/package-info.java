/** The command line: one class a command. Nothing else imports it. */
@NullMarked
package io.frameflow.cli;

import org.jspecify.annotations.NullMarked;
