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
package io.frameflow.denoise;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The histories of cameras in host memory, and what tells whether a picture may rest on them.
 * Thread-safe as long as the frames of one camera come one after the other.
 *
 * @param <M> what is remembered of the pixels of a camera
 */
final class CpuHistories<M> {
    private final CameraHistories<History<M>> histories;
    private final AtomicLong cuts = new AtomicLong();

    CpuHistories(long limit) {
        histories = new CameraHistories<>(limit, history -> {});
    }

    /** What is remembered of a camera. */
    static final class History<M> {
        private final M memory;
        private @Nullable FramePlace last;
        private int frames;

        private History(M memory) {
            this.memory = memory;
        }

        M memory() {
            return memory;
        }
    }

    /**
     * The history of a frame's camera, or one for this frame alone where none has room.
     *
     * @param shape what pictures must have in common to rest on each other
     * @param bytes size of the memory
     */
    History<M> obtain(FramePlace place, Object shape, long bytes, Supplier<M> maker) {
        History<M> kept =
                histories.obtain(place.cameraId(), shape, bytes, () -> new History<>(maker.get()));
        return kept != null ? kept : new History<>(maker.get());
    }

    /** Notes a frame, measures its noise, and says how to filter it. */
    PictureParameters advance(
            History<M> history,
            FramePlace place,
            Brightness brightness,
            NoiseMeter meter,
            FilterTuning tuning,
            PictureParameters.Kind kind) {
        FramePlace last = history.last;
        int frames = last != null && place.continues(last) ? history.frames : 0;
        meter.measure(brightness, frames, tuning.mostNoise());
        if (meter.isCut()) {
            cuts.incrementAndGet();
            frames = 0;
        }
        history.last = place;
        history.frames = frames + 1;
        return new PictureParameters(kind, tuning, meter.noise(), frames);
    }

    /** Frames that the last picture of a history rests on, itself included. */
    int frames(History<M> history) {
        return history.frames;
    }

    void forget(String cameraId) {
        histories.forget(cameraId);
    }

    long evicted() {
        return histories.evicted();
    }

    long cuts() {
        return cuts.get();
    }
}
