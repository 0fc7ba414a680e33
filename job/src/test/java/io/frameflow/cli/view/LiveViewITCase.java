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
package io.frameflow.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.view.board.TestRecords;
import io.frameflow.cli.view.feed.ViewTopics;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.schema.Control;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.ControlOutcome;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackEventType;
import io.frameflow.schema.codec.RecordCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The live window on a real broker, looked at through its addresses. */
@ExtendWith(KafkaBrokerExtension.class)
@Timeout(120)
class LiveViewITCase {
    private static final ViewTopics TOPICS =
            new ViewTopics(
                    "view-preview",
                    "view-detections",
                    "view-events",
                    "view-dead-letters",
                    "view-control");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void showsWhatTheJobWritesAndWritesWhatIsChanged(KafkaBroker broker) throws Exception {
        broker.createTopics(
                2, Map.of(), TOPICS.detections(), TOPICS.events(), TOPICS.deadLetters());
        KafkaConnection kafka = new KafkaConnection(broker.bootstrapServers(), Map.of());
        try (KafkaProducer<byte[], byte[]> producer = broker.producer();
                LiveView view = LiveView.start(kafka, TOPICS, LiveView.Place.onLoopback());
                BufferedReader stream = stream(view)) {
            await(stream, "overview", data -> data.contains("there is no topic 'view-preview'"));
            broker.createTopics(1, Map.of(), TOPICS.preview(), TOPICS.control());

            send(
                    producer,
                    TOPICS.preview(),
                    RecordCodec.forPreview().encode(TestRecords.preview("gate", 1)));
            send(
                    producer,
                    TOPICS.detections(),
                    RecordCodec.forFrameDetections()
                            .encode(TestRecords.detections("gate", 1, "car")));
            String shown = await(stream, "shown", data -> data.contains("\"source\":true"));
            assertThat(shown).contains("\"label\":\"car\"", "\"examined\":true");

            send(producer, TOPICS.events(), RecordCodec.forTrackEvent().encode(event()));
            send(producer, TOPICS.deadLetters(), RecordCodec.forDeadLetter().encode(letter()));
            send(producer, TOPICS.deadLetters(), new byte[] {1, 2, 3});
            await(stream, "camera", data -> data.contains("\"type\":\"CONFIRMED\""));
            await(
                    stream,
                    "overview",
                    data ->
                            data.contains("CORRUPT_IMAGE")
                                    && data.contains("\"dead_letters\":1,")
                                    && data.contains("\"unreadable\":1,")
                                    && data.contains("\"problem\":\"\""));

            Control change = change(view, broker);
            assertThat(change.getScoreThreshold()).isEqualTo(0.6f);
            assertThat(change.getCameraId()).isEqualTo("gate");
            send(
                    producer,
                    TOPICS.events(),
                    RecordCodec.forControlAcknowledgement().encode(acknowledgement(change)));
            await(
                    stream,
                    "acknowledgement",
                    data -> data.contains(change.getControlId()) && data.contains("APPLIED"));
        }
    }

    private BufferedReader stream(LiveView view) throws Exception {
        return new BufferedReader(
                new InputStreamReader(
                        client.send(
                                        HttpRequest.newBuilder(
                                                        URI.create(
                                                                view.url(null)
                                                                        + "stream?camera=gate"))
                                                .build(),
                                        BodyHandlers.ofInputStream())
                                .body(),
                        StandardCharsets.UTF_8));
    }

    private static String await(BufferedReader stream, String event, Predicate<String> wanted)
            throws IOException {
        while (true) {
            String line = stream.readLine();
            if (line == null) {
                throw new IOException("the stream has ended");
            }
            if (line.equals("event: " + event)) {
                String data = stream.readLine().substring("data: ".length());
                if (wanted.test(data)) {
                    return data;
                }
            }
        }
    }

    private Control change(LiveView view, KafkaBroker broker) throws Exception {
        int status =
                client.send(
                                HttpRequest.newBuilder(URI.create(view.url(null) + "control"))
                                        .header("Content-Type", "application/json")
                                        .POST(
                                                BodyPublishers.ofString(
                                                        "{\"camera\": \"gate\","
                                                                + " \"score_threshold\": 0.6}"))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode();
        assertThat(status).isEqualTo(202);
        List<ConsumerRecord<byte[], byte[]>> records =
                broker.read(
                        List.of(TOPICS.control()),
                        found -> !found.isEmpty(),
                        Duration.ofSeconds(20));
        assertThat(records).hasSize(1);
        assertThat(new String(records.get(0).key(), StandardCharsets.UTF_8)).isEqualTo("gate");
        return RecordCodec.forControl().decode(records.get(0).value());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, value)).get();
    }

    private static TrackEvent event() {
        return TrackEvent.newBuilder()
                .setCameraId("gate")
                .setTrackId(7)
                .setType(TrackEventType.CONFIRMED)
                .setSequence(1)
                .setCaptureTimeUs(1)
                .setClassId(1)
                .setLabel("car")
                .setScore(0.5f)
                .setLeft(1)
                .setTop(1)
                .setWidth(1)
                .setHeight(1)
                .setFirstCaptureTimeUs(1)
                .setDetections(3)
                .build();
    }

    private static DeadLetter letter() {
        return DeadLetter.newBuilder()
                .setSourceTopic("frames")
                .setSourcePartition(0)
                .setSourceOffset(3)
                .setSourceTimestampMs(1)
                .setStage("decode")
                .setCode("CORRUPT_IMAGE")
                .setMessage("no picture")
                .setPayloadSize(0)
                .build();
    }

    private static ControlAcknowledgement acknowledgement(Control change) {
        return ControlAcknowledgement.newBuilder()
                .setControlId(change.getControlId())
                .setCameraId(change.getCameraId())
                .setOutcome(ControlOutcome.APPLIED)
                .setMessage("score_threshold 0.6")
                .setSubtasks(2)
                .setIssuedAtUs(change.getIssuedAtUs())
                .setAcknowledgedAtUs(2)
                .setSourceTopic(TOPICS.control())
                .setSourcePartition(0)
                .setSourceOffset(0)
                .build();
    }
}
