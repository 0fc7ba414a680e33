/** The job: its entry point, and the graph that it makes of settings, sources and sinks. */
@NullMarked
package io.frameflow.job;

import org.jspecify.annotations.NullMarked;
