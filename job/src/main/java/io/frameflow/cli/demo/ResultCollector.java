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
package io.frameflow.cli.demo;

import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.kafka.TopicReader;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Track;
import io.frameflow.schema.TrackState;
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads what the job writes and keeps what the demonstration tells about it: one result for each
 * frame, when it came, and whatever should not have come. Not thread-safe.
 */
final class ResultCollector implements AutoCloseable {
    private final TopicReader reader;
    private final ResultWindow window;
    private final String detectionsTopic;
    private final RecordCodec<FrameDetections> codec = RecordCodec.forFrameDetections();
    private final RecordCodec<DeadLetter> letterCodec = RecordCodec.forDeadLetter();
    private final Map<String, TreeMap<Long, FrameDetections>> results = new TreeMap<>();
    private final List<Long> latenciesMicros = new ArrayList<>();
    private final Set<List<Object>> tracks = new HashSet<>();
    private int resultCount;
    private int duplicateCount;
    private int deadLetterCount;

    /** Starts reading from the beginning of both topics. */
    ResultCollector(
            KafkaConnection kafka,
            String detectionsTopic,
            String deadLettersTopic,
            ResultWindow window)
            throws IOException {
        this.window = window;
        this.reader = TopicReader.open(kafka, List.of(detectionsTopic, deadLettersTopic), true);
        this.detectionsTopic = detectionsTopic;
    }

    /** Waits a moment for results, and takes those that are there. */
    void poll() throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
            if (record.topic().equals(detectionsTopic)) {
                add(codec.decode(record.value()));
            } else {
                add(letterCodec.decode(record.value()));
            }
        }
    }

    private void add(DeadLetter letter) {
        deadLetterCount++;
        String cameraId = letter.getCameraId();
        Long sequence = letter.getSequence();
        if (cameraId != null && sequence != null) {
            window.cameOut(cameraId, sequence);
        }
    }

    private void add(FrameDetections frame) {
        FrameDetections earlier =
                results.computeIfAbsent(frame.getCameraId(), camera -> new TreeMap<>())
                        .putIfAbsent(frame.getSequence(), frame);
        if (earlier != null) {
            duplicateCount++;
            return;
        }
        resultCount++;
        window.cameOut(frame.getCameraId(), frame.getSequence()).ifPresent(latenciesMicros::add);
        for (DetectedObject object : frame.getObjects()) {
            Track track = object.getTrack();
            if (track != null && track.getState() == TrackState.CONFIRMED) {
                tracks.add(List.of(frame.getCameraId(), track.getTrackId()));
            }
        }
    }

    /** Frames that have a result. */
    int resultCount() {
        return resultCount;
    }

    /** Results beyond the first of a frame. */
    int duplicateCount() {
        return duplicateCount;
    }

    /** Frames that came out as dead letters. */
    int deadLetterCount() {
        return deadLetterCount;
    }

    /** Tracks that were confirmed, of all cameras. */
    int trackCount() {
        return tracks.size();
    }

    /** Objects that were found, over all frames. */
    long objectCount() {
        return results.values().stream()
                .flatMap(frames -> frames.values().stream())
                .mapToLong(frame -> frame.getObjects().size())
                .sum();
    }

    /** Time from publishing each frame until its result was read here; at least one result. */
    LatencySummary latency() {
        return new LatencySummary(latenciesMicros.stream().mapToLong(Long::longValue));
    }

    /** Results of a camera, by sequence. */
    Map<Long, FrameDetections> resultsOf(String cameraId) {
        return results.getOrDefault(cameraId, new TreeMap<>());
    }

    /** All results, camera by camera, in the order of their frames. */
    Collection<FrameDetections> allResults() {
        return results.values().stream().flatMap(frames -> frames.values().stream()).toList();
    }

    @Override
    public void close() {
        reader.close();
    }
}
