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
package io.frameflow.cli.evaluate.tracking;

import java.util.List;

/**
 * A sequence ready to be judged: only what counts, numbered from 0.
 *
 * @param frames its frames, first to last, empty ones included
 * @param objects number of different objects
 * @param tracks number of different tracks
 */
record Sequence(List<Frame> frames, int objects, int tracks) {
    Sequence {
        frames = List.copyOf(frames);
    }

    /** Boxes of objects in all frames. */
    int objectBoxes() {
        return frames.stream().mapToInt(Frame::objectCount).sum();
    }

    /** Boxes of tracks in all frames. */
    int trackBoxes() {
        return frames.stream().mapToInt(Frame::trackCount).sum();
    }
}
