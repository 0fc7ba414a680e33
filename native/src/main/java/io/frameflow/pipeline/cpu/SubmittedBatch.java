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

import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.Findings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way: its frames, what is known about them so far, and the time spent on them.
 * Except for the frames, used by the inference thread only.
 */
final class SubmittedBatch {
    private final List<EncodedFrame> frames;
    private final CompletableFuture<List<FrameResult>> future = new CompletableFuture<>();
    private final Outcome[] outcomes;
    private @Nullable FrameflowException failure;
    private long decodeNanos;
    private long denoiseNanos;
    private long preprocessNanos;
    private long inferenceNanos;
    private long postprocessNanos;

    SubmittedBatch(List<EncodedFrame> frames) {
        this.frames = List.copyOf(frames);
        this.outcomes = new Outcome[frames.size()];
    }

    List<EncodedFrame> frames() {
        return frames;
    }

    CompletableFuture<List<FrameResult>> future() {
        return future;
    }

    void addPreparation(PreparedFrame prepared) {
        decodeNanos += prepared.decodeNanos();
        if (prepared instanceof PreparedFrame.Placed placed) {
            denoiseNanos += placed.denoiseNanos();
            preprocessNanos += placed.preprocessNanos();
        }
    }

    void addInference(long nanos) {
        inferenceNanos += nanos;
    }

    void addPostprocess(long nanos) {
        postprocessNanos += nanos;
    }

    void setExamined(int frame, PreparedFrame.Placed placed, Findings findings) {
        Letterbox letterbox = placed.letterbox();
        outcomes[frame] =
                times ->
                        new FrameResult.Examined(
                                letterbox.sourceWidth(),
                                letterbox.sourceHeight(),
                                findings,
                                times,
                                placed.denoisedFrames(),
                                placed.preview());
    }

    void setRejected(int frame, FrameResult.Rejected rejected) {
        outcomes[frame] = times -> rejected;
    }

    /** Gives up the batch; the first reason counts. */
    void fail(FrameflowException reason) {
        if (failure == null) {
            failure = reason;
        } else if (failure != reason) {
            failure.addSuppressed(reason);
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Completes the future; every frame has its outcome, or the batch has failed. */
    void complete() {
        if (failure != null) {
            future.completeExceptionally(failure);
            return;
        }
        StageTimes times =
                new StageTimes(
                        decodeNanos,
                        denoiseNanos,
                        preprocessNanos,
                        inferenceNanos,
                        postprocessNanos);
        List<FrameResult> results = new ArrayList<>(outcomes.length);
        Arrays.stream(outcomes).map(outcome -> outcome.with(times)).forEach(results::add);
        future.complete(results);
    }

    /** The result of a frame, once the times of its batch are known. */
    private interface Outcome {
        FrameResult with(StageTimes times);
    }
}
