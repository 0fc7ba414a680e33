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

import io.frameflow.schema.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Publishes frames on a thread of its own for as long as it is open, and notes with each what the
 * test knew to be in force by then.
 *
 * @param <K> what the test knows
 */
public final class SteadyLoad<K> implements AutoCloseable {
    private final FramePublisher publisher;
    private final List<String> cameras;
    private final Frames frames;
    private final List<K> knownBySequence = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "steady-load");
    private volatile K known;
    private volatile int published;
    private volatile boolean stopped;

    /**
     * What is published.
     *
     * @param pause time between a frame of each camera and the next of each
     * @param maker makes the frame of a camera with a sequence
     */
    public record Frames(Duration pause, BiFunction<String, Long, Frame> maker) {
        /** Frames with a picture of a few bytes, as many as a broker takes easily. */
        public static final Frames TINY = new Frames(Duration.ofMillis(3), FramePublisher::frame);

        /** Frames of each camera with a picture of its own, always the same. */
        public static Frames of(Duration pause, Map<String, byte[]> pictures) {
            return new Frames(
                    pause,
                    (camera, sequence) -> {
                        Frame frame = FramePublisher.frame(camera, sequence);
                        frame.setImage(ByteBuffer.wrap(pictures.get(camera)));
                        return frame;
                    });
        }
    }

    /** Begins to publish; sequences begin at 0. */
    public SteadyLoad(
            KafkaBroker broker, String topic, List<String> cameras, Frames frames, K known) {
        this.publisher = new FramePublisher(broker, topic);
        this.cameras = cameras;
        this.frames = frames;
        this.known = known;
        thread.start();
    }

    /** Tells what is known from now on. */
    public void know(K now) {
        known = now;
    }

    private void run() {
        while (!stopped) {
            long sequence = knownBySequence.size();
            knownBySequence.add(known);
            for (String camera : cameras) {
                publisher.publish(frames.maker().apply(camera, sequence));
            }
            published = knownBySequence.size();
            try {
                TimeUnit.NANOSECONDS.sleep(frames.pause().toNanos());
            } catch (InterruptedException e) {
                stopped = true;
            }
        }
    }

    /** Waits until each camera has sent so many more frames. */
    public void awaitMore(int count) throws InterruptedException {
        int enough = published + count;
        while (published < enough) {
            if (!thread.isAlive()) {
                throw new AssertionError("frames are not published any more");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Frames of each camera; after it was closed. */
    public int frames() {
        return knownBySequence.size();
    }

    /** What was known when frames of this sequence were published; after it was closed. */
    public K knownAt(long sequence) {
        return knownBySequence.get((int) sequence);
    }

    /** Stops, and waits until everything is in the topic. */
    @Override
    public void close() throws Exception {
        stopped = true;
        thread.join();
        publisher.close();
    }
}
