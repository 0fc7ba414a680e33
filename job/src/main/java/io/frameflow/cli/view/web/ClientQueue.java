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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one client has yet to read, bounded in number and in bytes. A new state takes the place of
 * the one that waits; where there is no room, the oldest frames leave. Thread-safe.
 */
final class ClientQueue {
    private final int maxMessages;
    private final int maxChars;
    private final Deque<Message> messages = new ArrayDeque<>();
    private int chars;
    private long dropped;

    /** What a message is about, and so what becomes of it where there is no room. */
    enum Kind {
        /** All cameras at a glance: only the latest counts. */
        OVERVIEW("overview"),
        /** Figures of one camera: only the latest counts. */
        CAMERA("camera"),
        /** A frame to look at. */
        SHOWN("shown"),
        /** Where tracks are in a frame. */
        TRACKS("tracks"),
        /** What became of a control message. */
        ACKNOWLEDGEMENT("acknowledgement");

        private final String event;

        Kind(String event) {
            this.event = event;
        }

        private boolean isState() {
            return this == OVERVIEW || this == CAMERA;
        }

        private boolean isFrame() {
            return this == SHOWN || this == TRACKS;
        }
    }

    /**
     * A message.
     *
     * @param json one line
     */
    record Message(Kind kind, String json) {
        String event() {
            return kind.event;
        }
    }

    ClientQueue(int maxMessages, int maxChars) {
        this.maxMessages = maxMessages;
        this.maxChars = maxChars;
    }

    synchronized void offer(Message message) {
        if (message.kind().isState()) {
            removeFirst(message.kind());
        }
        messages.add(message);
        chars += message.json().length();
        while (messages.size() > maxMessages || (chars > maxChars && messages.size() > 1)) {
            dropped++;
            removeOldestFrame();
        }
        notifyAll();
    }

    /** The next message, or null if none comes in time. */
    synchronized @Nullable Message poll(long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (messages.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        Message next = messages.remove();
        chars -= next.json().length();
        return next;
    }

    /** Messages that had to leave. */
    synchronized long dropped() {
        return dropped;
    }

    synchronized int size() {
        return messages.size();
    }

    private void removeFirst(Kind kind) {
        for (Iterator<Message> each = messages.iterator(); each.hasNext(); ) {
            Message message = each.next();
            if (message.kind() == kind) {
                each.remove();
                chars -= message.json().length();
                return;
            }
        }
    }

    private void removeOldestFrame() {
        for (Iterator<Message> each = messages.iterator(); each.hasNext(); ) {
            Message message = each.next();
            if (message.kind().isFrame()) {
                each.remove();
                chars -= message.json().length();
                return;
            }
        }
        chars -= messages.remove().json().length();
    }
}
