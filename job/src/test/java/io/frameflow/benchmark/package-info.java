/**
 * The job measured from Kafka to Kafka; {@code docs/benchmarks} has results and says how to run it.
 */
package io.frameflow.benchmark;
