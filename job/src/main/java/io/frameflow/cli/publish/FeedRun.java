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
package io.frameflow.cli.publish;

import io.frameflow.cli.process.StopSignal;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameEncoding;
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Publishes one source from beginning to end. Used by one thread. */
final class FeedRun {
    private final PublishPlan plan;
    private final Feed feed;
    private final FrameProducer producer;
    private final FrameGate gate;
    private final StopSignal stop;
    private final RecordCodec<Frame> codec = RecordCodec.forFrame();
    private long startNanos;
    private long published;

    FeedRun(PublishPlan plan, Feed feed, FrameProducer producer, FrameGate gate, StopSignal stop) {
        this.plan = plan;
        this.feed = feed;
        this.producer = producer;
        this.gate = gate;
        this.stop = stop;
    }

    /** Returns at the end of the source, at the limit of frames, or when told to stop. */
    void run() throws IOException, InterruptedException {
        long loopStartMicros = 0;
        do {
            loopStartMicros = playOnce(loopStartMicros);
        } while (plan.loop() && !isOver());
    }

    /** Returns where on the media time line the next loop begins. */
    private long playOnce(long loopStartMicros) throws IOException, InterruptedException {
        long before = published;
        long timeMicros = loopStartMicros;
        try (PictureSource source = feed.input().open(plan.format())) {
            while (!isOver()) {
                Picture picture = source.next();
                if (picture == null) {
                    requireSomething(published - before);
                    return timeMicros + source.intervalMicros();
                }
                timeMicros = loopStartMicros + picture.mediaTimeMicros();
                publishWhenDue(picture, plan.pace().timeMicros(published, timeMicros));
            }
        }
        return timeMicros;
    }

    private void requireSomething(long pictures) throws IOException {
        String location = feed.input().location();
        if (pictures == 0) {
            throw new IOException("no picture could be read from " + location);
        }
        if (feed.input().kind() == Input.Kind.LIVE && !plan.loop()) {
            throw new IOException(
                    "the stream " + location + " has ended: with --loop it is opened again");
        }
    }

    private void publishWhenDue(Picture picture, long timeMicros)
            throws IOException, InterruptedException {
        boolean paced =
                switch (plan.pace().kind()) {
                    case FIXED -> true;
                    case RECORDED -> feed.input().kind() == Input.Kind.VIDEO;
                    case UNLIMITED -> false;
                };
        if (paced && awaitTime(timeMicros)) {
            return;
        }
        Instant start = plan.captureStart();
        Instant captured =
                start == null ? Instant.now() : start.plus(timeMicros, ChronoUnit.MICROS);
        publish(picture, ChronoUnit.MICROS.between(Instant.EPOCH, captured));
    }

    /** The clock starts with the first picture: opening a source may take long. */
    private boolean awaitTime(long timeMicros) throws InterruptedException {
        if (published == 0) {
            startNanos = System.nanoTime();
        }
        long elapsedMicros = (System.nanoTime() - startNanos) / 1000;
        return timeMicros > elapsedMicros
                && stop.await(Duration.of(timeMicros - elapsedMicros, ChronoUnit.MICROS));
    }

    private void publish(Picture picture, long captureTimeMicros)
            throws IOException, InterruptedException {
        long sequence = plan.firstSequence() + published;
        for (String cameraId : feed.cameraIds()) {
            Frame frame =
                    Frame.newBuilder()
                            .setCameraId(cameraId)
                            .setSession(plan.session())
                            .setSequence(sequence)
                            .setCaptureTimeUs(captureTimeMicros)
                            .setEncoding(FrameEncoding.valueOf(picture.encoding().name()))
                            .setWidth(picture.width())
                            .setHeight(picture.height())
                            .setImage(ByteBuffer.wrap(picture.bytes()))
                            .build();
            gate.await(cameraId, sequence);
            producer.send(cameraId, sequence, codec.encode(frame));
        }
        published++;
    }

    private boolean isOver() {
        return stop.isRequested() || published >= plan.maxFrames();
    }
}
