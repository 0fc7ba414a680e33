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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.mapping.ResultMapper;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import java.util.ArrayList;
import java.util.List;

/** Frames that go through the pipeline together. */
final class Batch {
    private final List<PendingFrame> frames;
    private final List<EncodedFrame> encodedFrames;

    Batch(int capacity) {
        frames = new ArrayList<>(capacity);
        encodedFrames = new ArrayList<>(capacity);
    }

    void add(PendingFrame frame) {
        frames.add(frame);
        encodedFrames.add(frame.encoded());
    }

    int size() {
        return frames.size();
    }

    /** The frames as the pipeline takes them; not to be changed once it has them. */
    List<EncodedFrame> encodedFrames() {
        return encodedFrames;
    }

    /**
     * Notes that a pipeline has the frames.
     *
     * @param mapper makes the records of what that pipeline finds
     * @return how long the oldest of them waited, in nanoseconds
     */
    long sent(long nanos, ResultMapper mapper) {
        for (PendingFrame frame : frames) {
            frame.sent(nanos, mapper);
        }
        return frames.get(0).queueNanos();
    }

    /** Gives each frame its result. */
    void complete(List<FrameResult> results) {
        if (results.size() != frames.size()) {
            throw new FrameflowException(
                    FailureCode.INTERNAL_ERROR,
                    "the pipeline returned %d results for %d frames"
                            .formatted(results.size(), frames.size()));
        }
        for (int i = 0; i < frames.size(); i++) {
            frames.get(i).complete(results.get(i));
        }
    }
}
