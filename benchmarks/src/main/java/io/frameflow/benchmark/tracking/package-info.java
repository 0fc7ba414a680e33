/** How fast trackers are, by JMH. */
@NullMarked
package io.frameflow.benchmark.tracking;

import org.jspecify.annotations.NullMarked;
