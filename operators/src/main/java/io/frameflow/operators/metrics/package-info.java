/** What the operators report to Flink's metric system. */
@NullMarked
package io.frameflow.operators.metrics;

import org.jspecify.annotations.NullMarked;
