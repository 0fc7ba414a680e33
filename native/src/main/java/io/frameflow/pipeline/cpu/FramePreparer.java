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

import io.frameflow.decode.ImageDecoder;
import io.frameflow.denoise.CpuDenoiser;
import io.frameflow.encode.PreviewEncoder;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import io.frameflow.failure.Stage;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.InputSpec;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.PreviewPictures;
import io.frameflow.preprocess.LetterboxPreprocessor;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a frame and places it in the engine's input at once, so that pixels are held for as many
 * frames as there are threads, not for a whole batch. Used by one thread at a time.
 */
final class FramePreparer implements AutoCloseable {
    private final ImageDecoder decoder;
    private final FrameDenoiser denoiser;
    private final CpuDenoiser.Workspace workspace = new CpuDenoiser.Workspace();
    private final InputSpec input;
    private final LetterboxPreprocessor preprocessor;
    private final PreviewEncoder encoder = new PreviewEncoder();

    /**
     * Takes over a decoder.
     *
     * @param denoiser reduces noise before a frame is placed that it concerns
     */
    FramePreparer(ImageDecoder decoder, InputSpec input, FrameDenoiser denoiser) {
        this.decoder = decoder;
        this.denoiser = denoiser;
        this.input = input;
        this.preprocessor = new LetterboxPreprocessor(input);
    }

    /**
     * Prepares a frame.
     *
     * @param turn the frame's turn in the order of its camera's frames, where the denoiser is
     *     concerned; null where it is not
     * @param tensor the engine's input
     * @param place the frame's place in it
     * @throws FrameflowException if anything but the frame is bad
     */
    PreparedFrame prepare(
            EncodedFrame frame, CameraTurns.@Nullable Turn turn, FloatBuffer tensor, int place) {
        long start = System.nanoTime();
        DecodedImage image;
        try {
            image = decoder.decode(frame.encoding(), frame.width(), frame.height(), frame.image());
        } catch (FrameflowException failure) {
            if (failure.kind() != FailureKind.BAD_INPUT) {
                throw failure;
            }
            return new PreparedFrame.Bad(
                    rejected(Stage.DECODE, failure), System.nanoTime() - start);
        }
        long decoded = System.nanoTime();
        if (turn == null) {
            return placed(
                    new CpuDenoiser.Denoised(image, 0),
                    tensor,
                    place,
                    decoded - start,
                    0,
                    pictures(frame, image, null));
        }
        turn.await();
        long awaited = System.nanoTime();
        CpuDenoiser.Denoised clean = denoiser.denoise(frame, image, workspace);
        long cleaned = System.nanoTime();
        return placed(
                clean,
                tensor,
                place,
                decoded - start,
                cleaned - awaited,
                pictures(frame, image, clean.restsOnFrames() == 0 ? null : clean.image()));
    }

    private PreparedFrame placed(
            CpuDenoiser.Denoised picture,
            FloatBuffer tensor,
            int place,
            long decodeNanos,
            long denoiseNanos,
            @Nullable PreviewPictures preview) {
        DecodedImage image = picture.image();
        long start = System.nanoTime();
        preprocessor.write(image, tensor, place);
        return new PreparedFrame.Placed(
                input.letterbox(image.width(), image.height()),
                decodeNanos,
                denoiseNanos,
                System.nanoTime() - start,
                picture.restsOnFrames(),
                preview);
    }

    /** Encodes for people, which no stage's time counts: it is no part of examining the frame. */
    private @Nullable PreviewPictures pictures(
            EncodedFrame frame, DecodedImage decoded, @Nullable DecodedImage clean) {
        if (!frame.settings().preview()) {
            return null;
        }
        return new PreviewPictures(
                frame.encoding() == ImageEncoding.JPEG ? null : encoder.encode(decoded),
                clean == null ? null : encoder.encode(clean));
    }

    static FrameResult.Rejected rejected(Stage stage, FrameflowException failure) {
        String message = failure.getMessage();
        return new FrameResult.Rejected(
                stage, failure.code(), message == null ? failure.code().name() : message);
    }

    @Override
    public void close() {
        encoder.close();
        decoder.close();
    }
}
