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
package io.frameflow.pipeline.cpu;

import io.frameflow.pipeline.EncodedFrame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keeps the frames of a camera in order where several threads work on them. Turns are given out in
 * the order of frames and taken up in the same order by a fixed number of threads, so that the
 * oldest turn never waits.
 */
final class CameraTurns {
    private final ConcurrentMap<String, Turn> newest = new ConcurrentHashMap<>();

    /** The next turn of the frame's camera. Called by one thread. */
    Turn next(EncodedFrame frame) {
        Turn before = newest.get(frame.cameraId());
        Turn turn =
                new Turn(
                        frame.cameraId(),
                        before == null ? CompletableFuture.completedFuture(null) : before.over);
        newest.put(frame.cameraId(), turn);
        return turn;
    }

    /** When one frame may be worked on. */
    final class Turn {
        private final String camera;
        private final CompletableFuture<Void> before;
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        private Turn(String camera, CompletableFuture<Void> before) {
            this.camera = camera;
            this.before = before;
        }

        /** Waits until the frames of the camera before this are done with. */
        void await() {
            before.join();
        }

        /**
         * Says that this frame is done with; to be called once, whatever became of it. Does not
         * wait: the next frame's turn comes when those before this one are done with, too.
         */
        void end() {
            var unused =
                    before.thenRun(
                            () -> {
                                newest.remove(camera, this);
                                over.complete(null);
                            });
        }
    }
}
