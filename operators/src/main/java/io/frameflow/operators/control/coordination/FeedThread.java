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
package io.frameflow.operators.control.coordination;

import io.frameflow.operators.control.ControlFeed;
import io.frameflow.operators.control.ControlMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads control messages on a thread of its own. Where the connection breaks it tries again, for
 * ever: frames are examined meanwhile with the settings that there are.
 */
final class FeedThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedThread.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long LEAST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final long PATIENCE_MILLIS = 5_000;

    private final ControlFeed feed;
    private final Listener listener;
    private final long sinceMillis;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile ControlFeed.@Nullable Reader current;

    /** Hears what is read, on the thread of this. */
    interface Listener {
        /** Where to begin: offset of the next message of each partition. */
        Map<Integer, Long> positions();

        /** The feed stands here. */
        void connected(FeedThread source, Map<Integer, Long> positions);

        /** A message came. */
        void received(FeedThread source, ControlMessage message);
    }

    /**
     * Does not begin yet.
     *
     * @param sinceMillis from when on messages count where nothing is known of positions
     * @param classes finds the classes that the feed names in its settings
     */
    FeedThread(ControlFeed feed, Listener listener, long sinceMillis, ClassLoader classes) {
        this.feed = feed;
        this.listener = listener;
        this.sinceMillis = sinceMillis;
        this.thread = new Thread(this::run, "frameflow-control");
        thread.setDaemon(true);
        thread.setContextClassLoader(classes);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long pause = LEAST_PAUSE_MILLIS;
        while (!isClosed()) {
            try {
                read();
            } catch (RuntimeException e) {
                if (!isClosed()) {
                    LOG.warn(
                            "Control messages cannot be read, settings stay as they are; next"
                                    + " attempt in {} ms",
                            pause,
                            e);
                    pause(pause);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void read() {
        try (ControlFeed.Reader reader = feed.open(listener.positions(), sinceMillis)) {
            current = reader;
            listener.connected(this, reader.positions());
            while (!isClosed()) {
                for (ControlMessage message : reader.poll(POLL)) {
                    listener.received(this, message);
                }
            }
        } finally {
            current = null;
        }
    }

    private void pause(long millis) {
        try {
            var unused = closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Ends the thread. What it has read and not handed on yet is ignored by then. */
    @Override
    public void close() {
        closed.countDown();
        // No interrupt: Kafka's client could not close its connections in peace.
        ControlFeed.Reader reader = current;
        if (reader != null) {
            reader.wakeUp();
        }
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
