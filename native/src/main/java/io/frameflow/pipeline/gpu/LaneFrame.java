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
package io.frameflow.pipeline.gpu;

import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.denoise.FramePlace;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import io.frameflow.failure.Stage;
import io.frameflow.geometry.Letterbox;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.PreviewPictures;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.Findings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of one frame on its way through a lane. Its encoded bytes are not kept. */
final class LaneFrame {
    private final FramePlace place;
    private final FrameSettings settings;
    private final ImageEncoding encoding;
    private @Nullable GpuPicture picture;
    private @Nullable GpuPicture given;
    private @Nullable Letterbox letterbox;
    private FrameResult.@Nullable Rejected rejected;

    LaneFrame(EncodedFrame frame) {
        place = new FramePlace(frame.cameraId(), frame.sequence(), frame.captureTimeMicros());
        settings = frame.settings();
        encoding = frame.encoding();
    }

    /** Where it stands among those of its camera. */
    FramePlace place() {
        return place;
    }

    FrameSettings settings() {
        return settings;
    }

    /** How its bytes were encoded. */
    ImageEncoding encoding() {
        return encoding;
    }

    /** The picture is there, or will be once the work queued so far is done. */
    void decoded(GpuPicture decodedPicture) {
        picture = decodedPicture;
    }

    /** The decoded picture; null where there is none. */
    @Nullable GpuPicture picture() {
        return picture;
    }

    /** Says which picture the network is given, and where it lies in the model's input. */
    void placed(GpuPicture givenPicture, Letterbox inInput) {
        given = givenPicture;
        letterbox = inInput;
    }

    /** The picture that the network is given: the decoded one, or that with less noise. */
    @Nullable GpuPicture given() {
        return given;
    }

    Letterbox letterbox() {
        return Objects.requireNonNull(letterbox, "the frame has no outcome");
    }

    /**
     * The frame is bad.
     *
     * @throws FrameflowException the reason itself, if it is not the frame's fault
     */
    void reject(Stage stage, FrameflowException reason) {
        if (reason.kind() != FailureKind.BAD_INPUT) {
            throw reason;
        }
        rejected =
                new FrameResult.Rejected(stage, reason.code(), String.valueOf(reason.getMessage()));
    }

    /** Why the frame is bad; null where it is not. */
    FrameResult.@Nullable Rejected rejected() {
        return rejected;
    }

    /** The result of a bad frame. */
    FrameResult rejection() {
        return Objects.requireNonNull(rejected, "the frame is not bad");
    }

    /** The result of a good one. */
    FrameResult examined(
            Findings findings,
            StageTimes times,
            int denoisedFrames,
            @Nullable PreviewPictures preview) {
        return new FrameResult.Examined(
                letterbox().sourceWidth(),
                letterbox().sourceHeight(),
                findings,
                times,
                denoisedFrames,
                preview);
    }
}
