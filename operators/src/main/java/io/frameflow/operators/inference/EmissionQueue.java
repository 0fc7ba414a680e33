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
package io.frameflow.operators.inference;

import java.util.ArrayDeque;
import org.apache.flink.util.function.ThrowingConsumer;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Everything that has arrived and not left yet, in the order of its arrival: frames, and events
 * between frames, such as watermarks. An event leaves when every frame before it has left, so it
 * neither overtakes a frame nor makes a batch leave early.
 */
final class EmissionQueue {
    private final ArrayDeque<Object> entries = new ArrayDeque<>();

    private record Event(ThrowingRunnable<Exception> emission) {}

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Puts a frame at the end. */
    void add(PendingFrame frame) {
        entries.add(frame);
    }

    /** Emits an event behind the frames that are waiting; at once where there are none. */
    void addEvent(ThrowingRunnable<Exception> emission) throws Exception {
        if (entries.isEmpty()) {
            emission.run();
        } else {
            entries.add(new Event(emission));
        }
    }

    /** Emits from the head up to the first frame without a result. */
    void drain(ThrowingConsumer<PendingFrame, Exception> frames) throws Exception {
        Object head = entries.peek();
        while (head != null) {
            if (head instanceof PendingFrame frame) {
                if (frame.result() == null) {
                    return;
                }
                entries.remove();
                frames.accept(frame);
            } else {
                entries.remove();
                ((Event) head).emission().run();
            }
            head = entries.peek();
        }
    }
}
