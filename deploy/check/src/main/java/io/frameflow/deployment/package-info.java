/**
 * Checks a running deployment from outside: what was published against what can be read from the
 * result topics. Knows the schemas and Kafka, not the job.
 */
@NullMarked
package io.frameflow.deployment;

import org.jspecify.annotations.NullMarked;
