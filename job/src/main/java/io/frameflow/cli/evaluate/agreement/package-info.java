/** How far the results of two engines, or two plans, agree on the same pictures. */
@NullMarked
package io.frameflow.cli.evaluate.agreement;

import org.jspecify.annotations.NullMarked;
