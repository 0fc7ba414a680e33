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
package io.frameflow.cli.view.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One client that looks on, as Server-Sent Events. Anybody tells it things; the thread of its
 * request writes them.
 */
final class Client {
    private static final int MAX_MESSAGES = 64;
    private static final int MAX_CHARS = 8 << 20;
    private static final long SILENCE_MILLIS = 10_000;

    private final String cameraId;
    private final ClientQueue queue = new ClientQueue(MAX_MESSAGES, MAX_CHARS);
    private final Thread thread = Thread.currentThread();
    private volatile long writingSinceNanos;
    private volatile boolean gone;
    private boolean served;

    /** A client whose request this thread serves. */
    Client(String cameraId) {
        this.cameraId = cameraId;
    }

    /** The camera that it looks at; empty for none. */
    String cameraId() {
        return cameraId;
    }

    void tell(ClientQueue.Message message) {
        queue.offer(message);
    }

    /** Messages that it lost because it reads slowly. */
    long dropped() {
        return queue.dropped();
    }

    /** Writes what it is told until it leaves, is sent away, or the thread is interrupted. */
    void serve(OutputStream out) throws IOException, InterruptedException {
        try {
            while (!gone) {
                ClientQueue.Message message = queue.poll(SILENCE_MILLIS);
                write(out, message);
            }
        } finally {
            endServing();
        }
    }

    /** From here on the thread is no longer this client's to be interrupted. */
    private synchronized void endServing() {
        served = true;
    }

    private void write(OutputStream out, ClientQueue.@Nullable Message message) throws IOException {
        // A comment where there is nothing to say: it finds out whether anybody still listens.
        String text =
                message == null
                        ? ":\n\n"
                        : "event: " + message.event() + "\ndata: " + message.json() + "\n\n";
        long start = System.nanoTime();
        // 0 means that nothing is being written.
        writingSinceNanos = start == 0 ? 1 : start;
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        writingSinceNanos = 0;
    }

    /** How long a write has been waiting for the client to read. */
    long stuckNanos() {
        long since = writingSinceNanos;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /** Sends it away: interrupting a thread that waits in a write closes its connection. */
    synchronized void sendAway() {
        gone = true;
        if (!served) {
            thread.interrupt();
        }
    }
}
