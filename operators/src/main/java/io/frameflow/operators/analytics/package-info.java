/**
 * Zones, lines and directions: what tracked objects mean where a camera looks, in nvdsanalytics'
 * terms. Plain Java, apart from Flink and from the records on the topics.
 */
@NullMarked
package io.frameflow.operators.analytics;

import org.jspecify.annotations.NullMarked;
