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
import io.frameflow.job.config.Settings;
import io.frameflow.job.kafka.FramesSource;
import io.frameflow.job.kafka.KafkaControlFeed;
import io.frameflow.job.kafka.PreviewSink;
import io.frameflow.job.kafka.RecordSinks;
import io.frameflow.operators.control.ControlFeed;
import io.frameflow.operators.envelope.FrameMessage;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Preview;
import io.frameflow.schema.TrackEvent;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the records of a job come from and go to.
 *
 * @param frames frames to examine
 * @param detections takes one result a frame
 * @param deadLetters takes what has no result
 * @param events takes track events; not used while tracking is off
 * @param control what is needed for changing settings while the job runs; empty where they cannot
 *     be
 * @param previews takes pictures to look at; empty where there are to be none
 */
public record JobEnds(
        Source<FrameMessage, ?, ?> frames,
        Sink<FrameDetections> detections,
        Sink<DeadLetter> deadLetters,
        Sink<TrackEvent> events,
        Optional<Control> control,
        Optional<Sink<Preview>> previews) {

    /**
     * The ends of control.
     *
     * @param feed where messages come from
     * @param acknowledgements takes what became of them
     */
    public record Control(ControlFeed feed, Sink<ControlAcknowledgement> acknowledgements) {}

    /** The topics that the settings name. */
    public static JobEnds onKafka(Settings all) {
        KafkaSettings settings = all.kafka();
        return new JobEnds(
                FramesSource.create(settings),
                RecordSinks.detections(settings, all.maxResultSize()),
                RecordSinks.deadLetters(settings, all.maxDeadLetterPayload()),
                RecordSinks.events(settings),
                settings.topics()
                        .control()
                        .map(
                                topic ->
                                        new Control(
                                                new KafkaControlFeed(settings, topic),
                                                RecordSinks.acknowledgements(settings))),
                settings.topics().preview().map(topic -> new PreviewSink(settings, topic)));
    }
}
