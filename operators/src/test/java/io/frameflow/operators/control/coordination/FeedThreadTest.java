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

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.control.ControlFeed;
import io.frameflow.operators.control.ControlMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FeedThreadTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void triesAgainWhereTheConnectionBreaks() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        ControlFeed feed =
                new Feed() {
                    @Override
                    public Reader open(Map<Integer, Long> positions, long sinceMillis) {
                        if (attempts.incrementAndGet() == 1) {
                            throw new IllegalStateException("no broker");
                        }
                        return new OneMessage(attempts.get() == 2);
                    }
                };
        try (FeedThread thread = start(feed)) {
            assertThat(thread).isNotNull();
            assertThat(List.of(take(), take(), take(), take()))
                    .containsExactly("connected", "message", "connected", "message");
        }
        assertThat(attempts).hasValue(3);
    }

    @Test
    void endsAtOnceWhileItWaitsForMessages() throws Exception {
        ControlFeed feed =
                new Feed() {
                    @Override
                    public Reader open(Map<Integer, Long> positions, long sinceMillis) {
                        return new OneMessage(false);
                    }
                };
        FeedThread thread = start(feed);
        assertThat(take()).isEqualTo("connected");
        assertThat(take()).isEqualTo("message");
        long begin = System.nanoTime();
        thread.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
        assertThat(take()).isEqualTo("closed");
    }

    private String take() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    private FeedThread start(ControlFeed feed) {
        FeedThread thread =
                new FeedThread(
                        feed,
                        new FeedThread.Listener() {
                            @Override
                            public Map<Integer, Long> positions() {
                                return Map.of();
                            }

                            @Override
                            public void connected(FeedThread source, Map<Integer, Long> at) {
                                heard.add("connected");
                            }

                            @Override
                            public void received(FeedThread source, ControlMessage message) {
                                heard.add("message");
                            }
                        },
                        0,
                        getClass().getClassLoader());
        thread.start();
        return thread;
    }

    private abstract static class Feed implements ControlFeed {
        private static final long serialVersionUID = 1;

        @Override
        public String name() {
            return "control";
        }
    }

    /** Gives one message; then it breaks, or waits for ever. */
    private final class OneMessage implements ControlFeed.Reader {
        private final boolean breaks;
        private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
        private boolean given;

        OneMessage(boolean breaks) {
            this.breaks = breaks;
        }

        @Override
        public Map<Integer, Long> positions() {
            return Map.of(0, 0L);
        }

        @Override
        public List<ControlMessage> poll(Duration timeout) {
            if (!given) {
                given = true;
                return List.of(new ControlMessage("control", 0, 0, null));
            }
            if (breaks) {
                throw new IllegalStateException("the connection broke");
            }
            try {
                var unused = wakeUps.poll(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // As Kafka's client does.
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return List.of();
        }

        @Override
        public void wakeUp() {
            var unused = wakeUps.offer(true);
        }

        @Override
        public void close() {
            if (!breaks) {
                // Kafka's client fails to close its connections on a thread that is interrupted.
                heard.add(Thread.currentThread().isInterrupted() ? "interrupted" : "closed");
            }
        }
    }
}
