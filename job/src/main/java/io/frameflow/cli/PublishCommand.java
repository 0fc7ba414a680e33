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

import static io.frameflow.job.config.KafkaOptions.DEAD_LETTERS_TOPIC;
import static io.frameflow.job.config.KafkaOptions.DETECTIONS_TOPIC;
import static io.frameflow.job.config.KafkaOptions.EVENTS_TOPIC;

import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.kafka.Topics;
import io.frameflow.cli.process.StopSignal;
import io.frameflow.cli.publish.Feed;
import io.frameflow.cli.publish.FrameGate;
import io.frameflow.cli.publish.FrameProducer;
import io.frameflow.cli.publish.Input;
import io.frameflow.cli.publish.Pace;
import io.frameflow.cli.publish.PictureFormat;
import io.frameflow.cli.publish.Publication;
import io.frameflow.cli.publish.PublishPlan;
import io.frameflow.cli.view.feed.ViewTopics;
import io.frameflow.image.ImageEncoding;
import java.awt.Dimension;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frameflow publish}: pictures and video to a topic of frames. */
@Command(
        name = "publish",
        description = {
            "Publish pictures, video files, cameras and network streams as frames.",
            "Each source is read once and published as one camera or, with --cameras, as several.",
            ""
        })
final class PublishCommand implements Callable<Integer> {
    /** Most bytes of a message on a topic that this command makes: room for a raw 1080p frame. */
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    private static final int MAX_CAMERA_ID_BYTES = 255;

    /** Topics that a job writes to unless it is told otherwise. */
    private static final List<String> JOB_OUTPUTS =
            List.of(
                    DETECTIONS_TOPIC.defaultText(),
                    DEAD_LETTERS_TOPIC.defaultText(),
                    EVENTS_TOPIC.defaultText(),
                    ViewTopics.DEFAULT.preview());

    private static final int LONGEST_SIDE = 8192;
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})[xX]([1-9]\\d{0,4})");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description =
                    "A picture or a folder of them, a video file, a camera such as /dev/video0, or"
                            + " an address such as rtsp://host/stream.")
    private List<String> sources = List.of();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "frames",
            description = "Topic to publish to (default: ${DEFAULT-VALUE}).")
    private String topic = "";

    @Option(
            names = "--create-topics",
            description =
                    "Make what a job needs and is missing: the topic, with a partition for each"
                            + " camera, detections, dead-letters and events, and preview and control"
                            + " for the live window; all for messages of up to 16 MiB.")
    private boolean createTopics;

    @Option(
            names = "--cameras",
            paramLabel = "N",
            defaultValue = "1",
            description = "Cameras that each source stands for (default: ${DEFAULT-VALUE}).")
    private int cameras;

    @Option(
            names = "--camera-id",
            paramLabel = "ID",
            split = ",",
            description =
                    "Names of the cameras, in the order of the sources (default: camera-1,"
                            + " camera-2, ...).")
    private List<String> cameraIds = new ArrayList<>();

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description =
                    "recorded: as fast as the video was; max: as fast as possible; or frames a second."
                            + " Default: recorded for video, max for pictures, which have no times."
                            + " Cameras and streams set the speed themselves.")
    private @Nullable String rate;

    @Option(
            names = "--loop",
            description = "Begin again at the end of a source, until stopped or --max.")
    private boolean loop;

    @Option(
            names = "--max",
            paramLabel = "N",
            description = "Stop after this many frames of each camera.")
    private long maxFrames = Long.MAX_VALUE;

    @Option(
            names = "--resize",
            paramLabel = "WIDTHxHEIGHT",
            description = "Scale frames to this size in pixels, without regard to proportions.")
    private @Nullable String resize;

    @Option(
            names = "--encoding",
            paramLabel = "ENCODING",
            description =
                    "One of ${COMPLETION-CANDIDATES}. Default: JPEG and PNG files as they are,"
                            + " everything else as JPEG.")
    private @Nullable ImageEncoding encoding;

    @Option(
            names = "--quality",
            paramLabel = "1..100",
            defaultValue = "90",
            description = "Quality of JPEG (default: ${DEFAULT-VALUE}).")
    private int quality;

    @Option(
            names = "--session",
            paramLabel = "TEXT",
            description = "Session of the frames (default: the time of the start).")
    private String session = Instant.now().toString();

    @Option(
            names = "--first-sequence",
            paramLabel = "N",
            defaultValue = "0",
            description = "Sequence of the first frame (default: ${DEFAULT-VALUE}).")
    private long firstSequence;

    @Option(
            names = "--capture-start",
            paramLabel = "TIME",
            description =
                    "Capture time of the first frame, such as 2026-01-31T12:00:00Z; the others follow"
                            + " by the times of the source, or by --rate. Default: each frame's"
                            + " capture time is when it is read.")
    private @Nullable Instant captureStart;

    @Mixin private final KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() throws IOException {
        PublishPlan plan = plan();
        for (Feed feed : plan.feeds()) {
            feed.input().requirePresent();
        }
        KafkaConnection connection = kafka.connection();
        int cameraCount = plan.feeds().stream().mapToInt(feed -> feed.cameraIds().size()).sum();
        requireTopic(connection, cameraCount);
        try (StopSignal stop = StopSignal.install();
                FrameProducer producer = FrameProducer.connect(connection, topic)) {
            PublishProgress progress = new PublishProgress(producer, spec.commandLine().getErr());
            try {
                new Publication(plan, producer, FrameGate.OPEN).run(stop, progress::print);
            } finally {
                progress.finish();
            }
            // Before the signal is let go, after which the process may end at any moment.
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%s to %s, session %s%n", progress.summary(), topic, session);
            out.flush();
        }
        return 0;
    }

    private PublishPlan plan() {
        require(cameras >= 1, "--cameras must be at least 1");
        require(maxFrames >= 1, "--max must be at least 1");
        require(quality >= 1 && quality <= 100, "--quality must be from 1 to 100");
        require(firstSequence >= 0, "--first-sequence must not be negative");
        PictureFormat format = new PictureFormat(encoding, size(), quality);
        List<Input> inputs = sources.stream().map(Input::parse).toList();
        return new PublishPlan(
                feeds(inputs),
                format,
                pace(inputs),
                loop,
                maxFrames,
                session,
                firstSequence,
                captureStart);
    }

    private List<Feed> feeds(List<Input> inputs) {
        List<String> ids = cameraIds.isEmpty() ? numberedIds(inputs.size()) : cameraIds;
        require(
                ids.size() == inputs.size() * cameras,
                String.format(
                        "%d sources as %d cameras each need %d names: --camera-id has %d",
                        inputs.size(), cameras, inputs.size() * cameras, ids.size()));
        require(new HashSet<>(ids).size() == ids.size(), "--camera-id names a camera twice");
        for (String id : ids) {
            int bytes = id.getBytes(StandardCharsets.UTF_8).length;
            require(
                    bytes >= 1 && bytes <= MAX_CAMERA_ID_BYTES,
                    "a camera's name has 1 to 255 bytes: '" + id + "' has " + bytes);
        }
        List<Feed> feeds = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            feeds.add(new Feed(inputs.get(i), ids.subList(i * cameras, (i + 1) * cameras)));
        }
        return feeds;
    }

    private List<String> numberedIds(int inputs) {
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= inputs * cameras; i++) {
            ids.add("camera-" + i);
        }
        return ids;
    }

    private Pace pace(List<Input> inputs) {
        Pace pace = rate == null ? Pace.RECORDED : parsePace(rate);
        boolean pictures = inputs.stream().anyMatch(input -> input.kind() == Input.Kind.PICTURES);
        require(
                !pictures || rate == null || pace.kind() != Pace.Kind.RECORDED,
                "--rate: pictures have no times: give max, or frames a second");
        require(
                !pictures || captureStart == null || pace.kind() == Pace.Kind.FIXED,
                "pictures have no times: with --capture-start give --rate in frames a second");
        return pace;
    }

    private Pace parsePace(String text) {
        try {
            return Pace.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--rate: " + e.getMessage(), e);
        }
    }

    private @Nullable Dimension size() {
        if (resize == null) {
            return null;
        }
        Matcher matcher = SIZE.matcher(resize);
        require(
                matcher.matches(),
                "--resize: '" + resize + "' is no size: give width and height such as 1280x720");
        Dimension wanted =
                new Dimension(
                        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        require(
                Math.max(wanted.width, wanted.height) <= LONGEST_SIDE,
                "--resize: '" + resize + "' is too large: at most " + LONGEST_SIDE + " a side");
        return wanted;
    }

    private void requireTopic(KafkaConnection connection, int cameraCount) throws IOException {
        try (Topics topics = Topics.connect(connection)) {
            if (!createTopics) {
                if (topics.partitions(topic).isPresent()) {
                    return;
                }
                throw new IOException(
                        "there is no topic "
                                + topic
                                + ": make it, or let this command make it with --create-topics");
            }
            if (topics.partitions(topic).isEmpty()) {
                topics.create(topic, cameraCount, MAX_MESSAGE_BYTES);
            }
            for (String output : JOB_OUTPUTS) {
                if (topics.partitions(output).isEmpty()) {
                    topics.create(output, cameraCount, MAX_MESSAGE_BYTES);
                }
            }
            // Changes keep their order in one partition only.
            String control = ViewTopics.DEFAULT.control();
            if (topics.partitions(control).isEmpty()) {
                topics.create(control, 1, MAX_MESSAGE_BYTES);
            }
        }
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
