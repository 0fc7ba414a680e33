/**
 * Online multi-object trackers for one camera, in plain Java: tracks, the stages in which they are
 * associated with detections, and the trackers made of them. Nothing here knows Flink or Avro.
 */
@NullMarked
package io.frameflow.operators.tracking.tracker;

import org.jspecify.annotations.NullMarked;
