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
package io.frameflow.cli.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when its process is told to stop, by Ctrl-C or SIGTERM: the process
 * goes only when the command has closed the signal, or has taken too long. Thread-safe.
 */
public final class StopSignal implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::requestAndWait, "stop-signal");

    private StopSignal() {}

    /** A signal that the end of the process gives, until it is closed. */
    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** A signal that only {@link #request()} gives. */
    public static StopSignal manual() {
        return new StopSignal();
    }

    /** Asks the command to end. */
    public void request() {
        requested.countDown();
    }

    /** Whether the command is to end. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Sleeps until the time is over or the command is to end.
     *
     * @return whether it is to end
     */
    public boolean await(Duration time) throws InterruptedException {
        return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Says that the command has ended. */
    @Override
    public void close() {
        finished.countDown();
        if (!isRequested()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void requestAndWait() {
        requested.countDown();
        try {
            if (!finished.await(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("frameflow: gave up waiting for an orderly end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
