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
package io.frameflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.kafka.TopicReader;
import io.frameflow.cli.kafka.Topics;
import io.frameflow.cli.local.LocalBroker;
import io.frameflow.cli.video.PictureCompressor;
import io.frameflow.cli.video.TestClip;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameEncoding;
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishAndConsumeITCase {
    private static final int FRAMES = 12;
    private static final long START_MICROS = 1_769_860_800_000_000L;

    @TempDir static Path folder;
    private static LocalBroker broker;
    private static KafkaConnection connection;
    private static String clip;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = LocalBroker.start(folder);
        connection = new KafkaConnection(broker.bootstrapServers(), Map.of());
        clip = TestClip.write(folder.resolve("clip.mp4"), FRAMES).toString();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void publishesAClipAsTwoCameras() throws IOException {
        CommandResult result =
                publish(
                        "two-cameras",
                        clip,
                        "--create-topics",
                        "--rate=max",
                        "--camera-id=front,back",
                        "--cameras=2",
                        "--session=tuesday",
                        "--first-sequence=100",
                        "--capture-start=2026-01-31T12:00:00Z");

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("published 24 frames").contains("session tuesday");
        List<ConsumerRecord<byte[], byte[]>> records = readAll("two-cameras");
        for (String camera : List.of("front", "back")) {
            List<Frame> frames = framesOf(camera, records);
            assertThat(frames)
                    .extracting(Frame::getSequence)
                    .containsExactlyElementsOf(
                            IntStream.range(100, 100 + FRAMES).mapToObj(Long::valueOf).toList());
            assertThat(frames)
                    .extracting(Frame::getCaptureTimeUs)
                    .containsExactlyElementsOf(
                            IntStream.range(0, FRAMES)
                                    .mapToObj(i -> START_MICROS + i * 50_000L)
                                    .toList());
            assertThat(frames)
                    .allSatisfy(
                            frame -> {
                                assertThat(frame.getSession()).isEqualTo("tuesday");
                                assertThat(frame.getEncoding()).isEqualTo(FrameEncoding.JPEG);
                                assertThat(frame.getWidth()).isEqualTo(TestClip.WIDTH);
                                assertThat(frame.getHeight()).isEqualTo(TestClip.HEIGHT);
                            });
        }
    }

    @Test
    void publishesRawPixelsOfTheSizeWanted() throws IOException {
        publish(
                "raw",
                clip,
                "--create-topics",
                "--rate=max",
                "--encoding=nv12",
                "--resize=64x48",
                "--max=1");

        Frame frame = framesOf("camera-1", readAll("raw")).get(0);
        assertThat(frame.getEncoding()).isEqualTo(FrameEncoding.NV12);
        assertThat(frame.getImage().remaining()).isEqualTo(64 * 48 * 3 / 2);
    }

    @Test
    void picturesAreScaledUpAsWell() throws Exception {
        Path picture = folder.resolve("small.jpg");
        try (PictureCompressor jpeg = PictureCompressor.jpeg(80)) {
            Files.write(picture, jpeg.compress(TestClip.frame(3)));
        }

        CommandResult result =
                publish(
                        "scaled-up",
                        picture.toString(),
                        "--create-topics",
                        "--rate=max",
                        "--encoding=bgr8",
                        "--resize=1280x960",
                        "--max=1");

        assertThat(result.exitCode()).as(result.err()).isZero();
        Frame frame = framesOf("camera-1", readAll("scaled-up")).get(0);
        assertThat(frame.getImage().remaining()).isEqualTo(1280 * 960 * 3);
    }

    @Test
    void gathersFramesOfATopicForCalibration() throws Exception {
        publish("calibration", clip, "--create-topics", "--rate=max");
        // What is no frame on the topic is left out, and told.
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        connection.clientProperties(Map.of()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("calibration", new byte[] {1, 2, 3})).get();
        }
        Path kept = folder.resolve("kept");
        Files.write(folder.resolve("identity.onnx"), IdentityNetwork.bytes(8, 8));
        Path model =
                Files.writeString(
                        folder.resolve("model.yaml"),
                        """
                        name: strongest
                        task: segmentation
                        family: segmentation
                        onnx: identity.onnx
                        input: {width: 8, height: 8}
                        """);

        CommandResult result =
                CommandResult.run(
                        "calibrate",
                        "--model=" + model,
                        "--bootstrap-server=" + broker.bootstrapServers(),
                        "--topic=calibration",
                        "--every=2",
                        "--batch=2",
                        "--hold-back=34",
                        "--keep-pictures=" + kept);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("1 messages hold no picture");
        assertThat(result.out()).contains("4 pictures for calibration; 2 pictures held back");
        assertThat(kept.resolve("held-back")).isDirectoryContaining("glob:**.jpg");
    }

    @Test
    void goesOnCountingWhenItLoops() throws IOException {
        CommandResult result =
                publish(
                        "loop",
                        clip,
                        "--create-topics",
                        "--loop",
                        "--rate=max",
                        "--max=30",
                        "--capture-start=2026-01-31T12:00:00Z");

        assertThat(result.exitCode()).isZero();
        List<Frame> frames = framesOf("camera-1", readAll("loop"));
        assertThat(frames)
                .extracting(Frame::getSequence)
                .containsExactlyElementsOf(IntStream.range(0, 30).mapToObj(Long::valueOf).toList());
        assertThat(frames.get(29).getCaptureTimeUs())
                .as("time goes on by the length of the clip")
                .isEqualTo(START_MICROS + 29 * 50_000L);
    }

    @Test
    void keepsTheRateWanted() throws IOException {
        publish("rate", clip, "--create-topics", "--rate=10", "--max=6");

        List<Frame> frames = framesOf("camera-1", readAll("rate"));
        long micros = frames.get(5).getCaptureTimeUs() - frames.get(0).getCaptureTimeUs();
        assertThat(micros).as("about 5 intervals of 100 ms").isGreaterThan(400_000);
    }

    @Test
    void makesNoTopicUnlessAsked() throws IOException {
        CommandResult result = publish("absent", clip);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("no topic absent").contains("--create-topics");
        try (Topics topics = Topics.connect(connection)) {
            assertThat(topics.partitions("absent")).isEmpty();
        }
    }

    @Test
    void makesTheTopicsOfAJob() throws IOException {
        assertThat(publish("of-a-job", clip, "--create-topics", "--max=1").exitCode()).isZero();

        try (Topics topics = Topics.connect(connection)) {
            for (String topic : List.of("of-a-job", "detections", "dead-letters", "events")) {
                assertThat(topics.partitions(topic)).as(topic).contains(1);
            }
        }
    }

    @Test
    void explainsFramesThatAreTooLarge() throws IOException {
        try (Topics topics = Topics.connect(connection)) {
            topics.create("narrow", 1, 10_000);
        }

        CommandResult result = publish("narrow", clip, "--encoding=bgr8", "--rate=max");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("frame 0 of camera-1", "57,6", "max.message.bytes", "--resize");
    }

    @Test
    void saysThatASourceIsMissing() {
        CommandResult result = publish("missing-source", "/no/such.mp4", "--create-topics");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("there is no file or folder /no/such.mp4");
    }

    @Test
    void saysThatKafkaDoesNotAnswer() {
        CommandResult result =
                CommandResult.run(
                        "consume",
                        "--bootstrap-server=127.0.0.1:1",
                        "--command-property=default.api.timeout.ms=1500",
                        "--command-property=request.timeout.ms=1000");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("127.0.0.1:1").contains("is it running");
    }

    @Test
    void printsDetectionsAsJsonAndAsATable() throws IOException {
        send("detections", RecordCodec.forFrameDetections().encode(Records.detections(7)));
        send("detections", RecordCodec.forFrameDetections().encode(Records.nothingFound(8)));

        CommandResult json = consumeAll("detections", "--format=json");
        CommandResult table = consumeAll("detections");

        assertThat(json.exitCode()).isZero();
        assertThat(json.lines()).hasSize(2);
        assertThat(json.lines().get(0)).contains("\"sequence\":7,", "\"track_id\":3,");
        assertThat(table.lines()).hasSize(3);
        assertThat(table.lines().get(1)).contains("camera-1", "person", "0.91");
        assertThat(table.lines().get(2)).contains("(EMPTY)");
    }

    @Test
    void printsDeadLettersAndEvents() throws IOException {
        send("dead-letters", RecordCodec.forDeadLetter().encode(Records.deadLetter()));
        send("events", RecordCodec.forTrackEvent().encode(Records.trackEvent()));

        CommandResult letters = consumeAll("dead-letters", "--topic-kind=dead-letters");
        CommandResult events = consumeAll("events", "--topic-kind", "events", "--format", "json");

        assertThat(letters.lines().get(1)).contains("TRUNCATED_IMAGE", "frames-2@41");
        assertThat(events.out()).contains("\"type\":\"CONFIRMED\"");
    }

    @Test
    void stopsAtTheNumberWanted() throws IOException {
        for (int i = 0; i < 3; i++) {
            send("many", RecordCodec.forFrameDetections().encode(Records.nothingFound(i)));
        }

        CommandResult result = consume("many", "--from-beginning", "--max=2", "--format=json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines()).hasSize(2);
    }

    @Test
    void reportsRecordsThatItCannotRead() throws IOException {
        send("mixed", "no record".getBytes(StandardCharsets.UTF_8));
        send("mixed", RecordCodec.forFrameDetections().encode(Records.nothingFound(1)));

        CommandResult result = consumeAll("mixed", "--format=json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(1);
        assertThat(result.err()).contains("mixed-0@0").contains("1 records could not be read");
    }

    private static CommandResult publish(String topic, String source, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "publish",
                                source,
                                "--topic=" + topic,
                                "--bootstrap-servers=" + broker.bootstrapServers()));
        arguments.addAll(List.of(more));
        return CommandResult.run(arguments.toArray(String[]::new));
    }

    private static CommandResult consumeAll(String topic, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--from-beginning", "--until-end"));
        arguments.addAll(List.of(more));
        return consume(topic, arguments.toArray(String[]::new));
    }

    private static CommandResult consume(String topic, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "consume",
                                "--topic=" + topic,
                                "--bootstrap-servers=" + broker.bootstrapServers()));
        arguments.addAll(List.of(more));
        return CommandResult.run(arguments.toArray(String[]::new));
    }

    private static void send(String topic, byte[] value) throws IOException {
        try (Topics topics = Topics.connect(connection);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                connection.clientProperties(Map.of()),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            if (topics.partitions(topic).isEmpty()) {
                topics.create(topic, 1, 1_000_000);
            }
            producer.send(new ProducerRecord<>(topic, value)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> readAll(String topic) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (TopicReader reader = TopicReader.open(connection, List.of(topic), true)) {
            while (!reader.hasReachedInitialEnd()) {
                reader.poll().forEach(records::add);
            }
        }
        return records;
    }

    private static List<Frame> framesOf(String camera, List<ConsumerRecord<byte[], byte[]>> records)
            throws IOException {
        RecordCodec<Frame> codec = RecordCodec.forFrame();
        List<Frame> frames = new ArrayList<>();
        Set<Integer> partitions = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (new String(record.key(), StandardCharsets.UTF_8).equals(camera)) {
                Frame frame = codec.decode(record.value());
                assertThat(frame.getCameraId()).isEqualTo(camera);
                frames.add(frame);
                partitions.add(record.partition());
            }
        }
        assertThat(partitions).as("a camera stays in one partition").hasSize(1);
        return frames;
    }
}
