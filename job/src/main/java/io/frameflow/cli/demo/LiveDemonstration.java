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
import io.frameflow.cli.local.LocalCluster;
import io.frameflow.cli.process.StopSignal;
import io.frameflow.cli.publish.FrameProducer;
import io.frameflow.cli.publish.Publication;
import io.frameflow.cli.view.LiveView;
import io.frameflow.cli.view.feed.ViewTopics;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Shows the demonstration live: cameras that go on until one has seen enough, and the page. */
public final class LiveDemonstration {
    /** The others of a batch are those of the other cameras. */
    private static final int FRAMES_ON_THEIR_WAY = 1;

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "kafka.topics.preview",
                    DemoJob.PREVIEW,
                    "kafka.topics.control",
                    DemoJob.CONTROL,
                    "denoise.enabled",
                    "true");
    private static final ViewTopics TOPICS =
            new ViewTopics(
                    DemoJob.PREVIEW,
                    DemoJob.DETECTIONS,
                    DemoJob.EVENTS,
                    DemoJob.DEAD_LETTERS,
                    DemoJob.CONTROL);

    private final DemoPlan plan;
    private final LiveView.Place place;
    private final Consumer<String> steps;

    /**
     * A demonstration.
     *
     * @param place where the page is served
     * @param steps is told what is being done
     */
    public LiveDemonstration(DemoPlan plan, LiveView.Place place, Consumer<String> steps) {
        this.plan = plan;
        this.place = place;
        this.steps = steps;
    }

    /**
     * Runs until {@code stop} is given, and takes everything down.
     *
     * @param address is told the address of the page, once it can be opened
     * @return frames that were published
     * @throws IOException if something fails that is not a matter of single frames
     */
    public long run(StopSignal stop, Consumer<String> address)
            throws IOException, InterruptedException {
        return DemoJob.with(
                plan,
                SETTINGS,
                steps,
                (kafka, cluster) -> {
                    try (LiveView view = LiveView.start(kafka, TOPICS, place)) {
                        address.accept(view.url(null));
                        return publish(kafka, cluster, stop);
                    }
                });
    }

    private long publish(KafkaConnection kafka, LocalCluster cluster, StopSignal stop)
            throws IOException, InterruptedException {
        ResultWindow window = new ResultWindow(FRAMES_ON_THEIR_WAY);
        StopSignal stopPublishing = StopSignal.manual();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (FrameProducer producer = FrameProducer.connect(kafka, DemoJob.FRAMES);
                Results results = new Results(kafka, window)) {
            Publication publication =
                    new Publication(plan.forEver(Instant.now()), producer, window);
            Future<?> publishing =
                    thread.submit(
                            () -> {
                                publication.run(stopPublishing, () -> {});
                                return null;
                            });
            while (!stop.isRequested() && !publishing.isDone()) {
                results.poll();
                if (cluster.hasEnded()) {
                    cluster.awaitEnd();
                    throw new IOException("the job has ended");
                }
            }
            stopPublishing.request();
            window.release();
            requireSuccess(publishing);
            return producer.frames();
        } finally {
            stopPublishing.request();
            window.release();
            thread.shutdown();
        }
    }

    private static void requireSuccess(Future<?> publishing)
            throws IOException, InterruptedException {
        try {
            publishing.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known
                    ? known
                    : new IOException("publishing failed: " + e.getCause(), e);
        }
    }

    /** Lets a camera send its next frame when one has come out. */
    private static final class Results implements AutoCloseable {
        private final ResultWindow window;
        private final TopicReader reader;
        private final RecordCodec<FrameDetections> detections = RecordCodec.forFrameDetections();
        private final RecordCodec<DeadLetter> deadLetters = RecordCodec.forDeadLetter();

        Results(KafkaConnection kafka, ResultWindow window) throws IOException {
            this.window = window;
            this.reader =
                    TopicReader.open(
                            kafka, List.of(DemoJob.DETECTIONS, DemoJob.DEAD_LETTERS), true);
        }

        void poll() throws IOException {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                if (record.topic().equals(DemoJob.DETECTIONS)) {
                    FrameDetections frame = detections.decode(record.value());
                    window.cameOut(frame.getCameraId(), frame.getSequence());
                } else {
                    DeadLetter letter = deadLetters.decode(record.value());
                    if (letter.getCameraId() != null && letter.getSequence() != null) {
                        window.cameOut(letter.getCameraId(), letter.getSequence());
                    }
                }
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
