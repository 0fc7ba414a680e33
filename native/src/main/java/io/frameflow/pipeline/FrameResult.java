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
package io.frameflow.pipeline;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import org.jspecify.annotations.Nullable;

/** What became of one frame. */
public sealed interface FrameResult {

    /**
     * The frame was examined.
     *
     * @param width width of the source frame in pixels
     * @param height height of the source frame in pixels
     * @param findings what was found, possibly nothing
     * @param times time spent on its batch
     * @param denoisedFrames frames of its camera that the examined picture rests on, itself
     *     included; 0 where noise was not reduced
     * @param preview its pictures, where its settings ask for them
     */
    record Examined(
            int width,
            int height,
            Findings findings,
            StageTimes times,
            int denoisedFrames,
            @Nullable PreviewPictures preview)
            implements FrameResult {

        /** A frame whose pictures nobody asked for. */
        public Examined(
                int width, int height, Findings findings, StageTimes times, int denoisedFrames) {
            this(width, height, findings, times, denoisedFrames, null);
        }

        /** A frame that was examined as it came. */
        public Examined(int width, int height, Findings findings, StageTimes times) {
            this(width, height, findings, times, 0);
        }

        /** A frame that was examined for objects alone. */
        public Examined(int width, int height, Detections detections, StageTimes times) {
            this(width, height, Findings.of(detections), times);
        }

        /** The objects that were found, possibly none. */
        public Detections detections() {
            return findings.detections();
        }
    }

    /**
     * The frame is bad; the others of its batch are not affected.
     *
     * @param stage where it failed
     * @param code what is wrong, of the kind {@link io.frameflow.failure.FailureKind#BAD_INPUT}
     * @param message the reason in words
     */
    record Rejected(Stage stage, FailureCode code, String message) implements FrameResult {}
}
