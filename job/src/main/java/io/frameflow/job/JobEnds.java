/*
 * Copyright 2026 The Frameflow Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package io.frameflow.job;

import io.frameflow.job.config.KafkaSettings;
import io.frameflow.job.kafka.FramesSource;
import io.frameflow.job.kafka.RecordSinks;
import io.frameflow.operators.envelope.FrameMessage;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the records of a job come from and go to.
 *
 * @param frames frames to examine
 * @param detections takes one result a frame
 * @param deadLetters takes what has no result
 * @param events takes track events; not used while tracking is off
 */
public record JobEnds(
        Source<FrameMessage, ?, ?> frames,
        Sink<FrameDetections> detections,
        Sink<DeadLetter> deadLetters,
        Sink<TrackEvent> events) {

    /** The topics that the settings name. */
    public static JobEnds onKafka(KafkaSettings settings) {
        return new JobEnds(
                FramesSource.create(settings),
                RecordSinks.detections(settings),
                RecordSinks.deadLetters(settings),
                RecordSinks.events(settings));
    }
}
