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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Publishes frames on a thread of its own for as long as it is open, and notes with each what the
 * test knew to be in force by then.
 *
 * @param <K> what the test knows
 */
public final class SteadyLoad<K> implements AutoCloseable {
    private static final long PAUSE_MICROS = 3_000;

    private final FramePublisher publisher;
    private final List<String> cameras;
    private final List<K> knownBySequence = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "steady-load");
    private volatile K known;
    private volatile boolean stopped;

    /** Begins to publish; sequences begin at 0. */
    public SteadyLoad(KafkaBroker broker, String topic, List<String> cameras, K known) {
        this.publisher = new FramePublisher(broker, topic);
        this.cameras = cameras;
        this.known = known;
        thread.start();
    }

    /** Tells what is known from now on. */
    public void know(K now) {
        known = now;
    }

    private void run() {
        while (!stopped) {
            knownBySequence.add(known);
            publisher.publish(cameras, knownBySequence.size() - 1L, knownBySequence.size());
            try {
                TimeUnit.MICROSECONDS.sleep(PAUSE_MICROS);
            } catch (InterruptedException e) {
                stopped = true;
            }
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
