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
package io.frameflow.deployment;

import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import io.frameflow.schema.codec.RecordCodec;
import io.frameflow.schema.codec.RecordDecodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the job made of the messages on the frames topic, as a consumer of committed
 * records sees it.
 *
 * @param ledger messages against outcomes
 * @param events track events of each camera, in their order
 */
record RunResults(DeliveryLedger ledger, Map<String, List<TrackEvent>> events) {

    /**
     * Reads the topics from their beginning to their present end.
     *
     * @throws IllegalStateException if a result cannot be decoded
     * @throws org.apache.kafka.common.KafkaException if the broker cannot be asked
     */
    static RunResults read(String bootstrapServers, String framesTopic, RunTopics topics) {
        DeliveryLedger ledger = new DeliveryLedger();
        RecordCodec<Frame> frames = RecordCodec.forFrame();
        new CommittedTopics(bootstrapServers, framesTopic)
                .forEach(
                        message ->
                                ledger.published(
                                        new MessagePosition(message.partition(), message.offset()),
                                        frameIn(message, frames)));
        RecordCodec<FrameDetections> detections = RecordCodec.forFrameDetections();
        new CommittedTopics(bootstrapServers, topics.detections())
                .forEach(message -> ledger.delivered(Outcome.of(decode(message, detections))));
        RecordCodec<DeadLetter> letters = RecordCodec.forDeadLetter();
        new CommittedTopics(bootstrapServers, topics.deadLetters())
                .forEach(message -> ledger.delivered(Outcome.of(decode(message, letters))));
        RecordCodec<TrackEvent> events = RecordCodec.forTrackEvent();
        RecordCodec<ControlAcknowledgement> control = RecordCodec.forControlAcknowledgement();
        Map<String, List<TrackEvent>> history = new TreeMap<>();
        new CommittedTopics(bootstrapServers, topics.events())
                .forEach(
                        message -> {
                            if (control.isOfThisKind(message.value())) {
                                return;
                            }
                            TrackEvent event = decode(message, events);
                            history.computeIfAbsent(
                                            event.getCameraId(), camera -> new ArrayList<>())
                                    .add(event);
                        });
        return new RunResults(ledger, history);
    }

    /**
     * Everything in which this run differs from another run over the same messages. A run that came
     * to the end of its input has ended all tracks, one that may go on has not; events that only
     * end tracks may therefore follow in one of the two.
     */
    List<String> differencesFrom(RunResults other) {
        List<String> differences = new ArrayList<>(ledger.differencesFrom(other.ledger));
        Set<String> cameras = new TreeSet<>(events.keySet());
        cameras.addAll(other.events.keySet());
        for (String camera : cameras) {
            List<TrackEvent> here = events.getOrDefault(camera, List.of());
            List<TrackEvent> there = other.events.getOrDefault(camera, List.of());
            int common = Math.min(here.size(), there.size());
            for (int i = 0; i < common; i++) {
                if (!here.get(i).equals(there.get(i))) {
                    differences.add(
                            "track event " + i + ": " + here.get(i) + " here, but " + there.get(i));
                }
            }
            Stream.concat(here.stream().skip(common), there.stream().skip(common))
                    .filter(event -> event.getType() != TrackEventType.ENDED)
                    .forEach(event -> differences.add("track event of one run only: " + event));
        }
        return differences;
    }

    /** Track events of all cameras. */
    int eventCount() {
        return events.values().stream().mapToInt(List::size).sum();
    }

    private static @Nullable FrameId frameIn(
            ConsumerRecord<byte[], byte[]> message, RecordCodec<Frame> codec) {
        try {
            return message.value() == null ? null : FrameId.of(codec.decode(message.value()));
        } catch (RecordDecodingException e) {
            return null;
        }
    }

    private static <T extends SpecificRecord> T decode(
            ConsumerRecord<byte[], byte[]> message, RecordCodec<T> codec) {
        try {
            return codec.decode(message.value());
        } catch (RecordDecodingException e) {
            throw new IllegalStateException(
                    "topic "
                            + message.topic()
                            + " partition "
                            + message.partition()
                            + " offset "
                            + message.offset()
                            + " holds no valid record: "
                            + e.getMessage(),
                    e);
        }
    }
}
