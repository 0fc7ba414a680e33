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

import io.frameflow.cli.publish.FrameGate;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Knows which frames are on their way, and for how long. A camera may have so many there; its next
 * frame waits for a result, so that no more goes in than comes out. Thread-safe.
 */
final class ResultWindow implements FrameGate {
    private final int framesPerCamera;
    private final Map<String, Map<Long, Long>> publishedNanos = new HashMap<>();
    private boolean released;

    /**
     * A window.
     *
     * @param framesPerCamera most frames of a camera on their way, at least 1
     */
    ResultWindow(int framesPerCamera) {
        this.framesPerCamera = framesPerCamera;
    }

    /** A window that only takes times. */
    static ResultWindow unlimited() {
        return new ResultWindow(Integer.MAX_VALUE);
    }

    @Override
    public synchronized void await(String cameraId, long sequence) throws InterruptedException {
        Map<Long, Long> ofCamera =
                publishedNanos.computeIfAbsent(cameraId, camera -> new HashMap<>());
        while (!released && ofCamera.size() >= framesPerCamera) {
            wait();
        }
        ofCamera.put(sequence, System.nanoTime());
    }

    /**
     * A frame has come out.
     *
     * @return microseconds since it was published; empty if it was not, or came out before
     */
    synchronized OptionalLong cameOut(String cameraId, long sequence) {
        Long published = publishedNanos.getOrDefault(cameraId, new HashMap<>()).remove(sequence);
        notifyAll();
        return published == null
                ? OptionalLong.empty()
                : OptionalLong.of(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - published));
    }

    /** Lets everybody out who waits, now and later. */
    synchronized void release() {
        released = true;
        notifyAll();
    }
}
