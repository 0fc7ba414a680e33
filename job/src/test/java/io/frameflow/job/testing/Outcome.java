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
package io.frameflow.job.testing;

import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.StageDurations;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a job has written and committed.
 *
 * @param detections results, in the order of each partition
 * @param deadLetters dead letters, in the order of each partition
 * @param events track events, in the order of each partition
 * @param acknowledgements what became of control messages, in the order of each partition
 */
public record Outcome(
        List<FrameDetections> detections,
        List<DeadLetter> deadLetters,
        List<TrackEvent> events,
        List<ControlAcknowledgement> acknowledgements) {

    /** Everything that the topics hold now. */
    public static Outcome read(KafkaBroker broker, JobTopics topics) {
        List<SpecificRecord> events = new ArrayList<>();
        RecordCodec<TrackEvent> tracks = RecordCodec.forTrackEvent();
        RecordCodec<ControlAcknowledgement> control = RecordCodec.forControlAcknowledgement();
        for (ConsumerRecord<byte[], byte[]> record : broker.readAll(topics.events())) {
            events.add(
                    control.isOfThisKind(record.value())
                            ? decode(record, control)
                            : decode(record, tracks));
        }
        return new Outcome(
                decode(broker.readAll(topics.detections()), RecordCodec.forFrameDetections()),
                decode(broker.readAll(topics.deadLetters()), RecordCodec.forDeadLetter()),
                of(TrackEvent.class, events),
                of(ControlAcknowledgement.class, events));
    }

    private static <T extends SpecificRecord> List<T> of(
            Class<T> type, List<SpecificRecord> records) {
        return records.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /**
     * Waits until results and dead letters are as many as there were frames, then reads everything.
     */
    public static Outcome await(
            KafkaBroker broker, JobTopics topics, int frames, Duration patience) {
        awaitCount(broker, topics, frames, patience);
        return read(broker, topics);
    }

    /**
     * Waits until so many results and dead letters are committed; gives how many there are at the
     * end.
     */
    public static int awaitCount(
            KafkaBroker broker, JobTopics topics, int count, Duration patience) {
        return broker.read(
                        List.of(topics.detections(), topics.deadLetters()),
                        records -> records.size() >= count,
                        patience)
                .size();
    }

    /** How often each message of the frames topic has led to a record, by partition and offset. */
    public Map<String, Integer> recordsByMessage() {
        Map<String, Integer> counts = new TreeMap<>();
        Stream.concat(
                        detections.stream()
                                .map(r -> r.getSourcePartition() + "@" + r.getSourceOffset()),
                        deadLetters.stream()
                                .map(r -> r.getSourcePartition() + "@" + r.getSourceOffset()))
                .forEach(message -> counts.merge(message, 1, Integer::sum));
        return counts;
    }

    /** How often each frame has led to a record, by camera and sequence. */
    public Map<String, Integer> recordsByFrame() {
        Map<String, Integer> counts = new TreeMap<>();
        Stream.concat(
                        detections.stream().map(r -> r.getCameraId() + "#" + r.getSequence()),
                        deadLetters.stream()
                                .filter(r -> r.getSequence() != null)
                                .map(r -> r.getCameraId() + "#" + r.getSequence()))
                .forEach(frame -> counts.merge(frame, 1, Integer::sum));
        return counts;
    }

    /**
     * Results by camera and sequence, without the durations, which alone differ in a replay; the
     * records themselves lose them.
     */
    public Map<String, FrameDetections> comparableDetections() {
        Map<String, FrameDetections> results = new TreeMap<>();
        for (FrameDetections record : detections) {
            record.setDurations(new StageDurations());
            results.put(record.getCameraId() + "#" + record.getSequence(), record);
        }
        return results;
    }

    /** Track events of each camera, in their order. */
    public Map<String, List<TrackEvent>> eventsByCamera() {
        Map<String, List<TrackEvent>> byCamera = new TreeMap<>();
        events.forEach(
                event ->
                        byCamera.computeIfAbsent(event.getCameraId(), key -> new ArrayList<>())
                                .add(event));
        return byCamera;
    }

    private static <T extends SpecificRecord> List<T> decode(
            List<ConsumerRecord<byte[], byte[]>> records, RecordCodec<T> codec) {
        List<T> decoded = new ArrayList<>();
        records.forEach(record -> decoded.add(decode(record, codec)));
        return decoded;
    }

    private static <T extends SpecificRecord> T decode(
            ConsumerRecord<byte[], byte[]> record, RecordCodec<T> codec) {
        try {
            return codec.decode(record.value());
        } catch (IOException e) {
            throw new AssertionError("a record of " + record.topic() + " is unreadable", e);
        }
    }
}
