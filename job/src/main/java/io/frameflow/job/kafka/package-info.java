/**
 * The job's ends on Kafka: the source of frames, the sinks of results, and the check that both can
 * work on the cluster that is there.
 */
@NullMarked
package io.frameflow.job.kafka;

import org.jspecify.annotations.NullMarked;
