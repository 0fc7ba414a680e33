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
package io.frameflow.operators.preview;

import io.frameflow.image.ImageEncoding;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult.Examined;
import io.frameflow.pipeline.PreviewPictures;
import io.frameflow.schema.Preview;
import io.frameflow.schema.PreviewEncoding;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the pictures of a frame into the record on the preview topic. */
public final class PreviewMaker {
    private final int maxPictureBytes;

    /**
     * A maker.
     *
     * @param maxPictureBytes most bytes of pictures in a record, so that Kafka takes it
     */
    public PreviewMaker(int maxPictureBytes) {
        this.maxPictureBytes = maxPictureBytes;
    }

    /**
     * The record of a frame. Where its pictures are too large together, the one that the model was
     * given goes without the other; empty where not even that fits.
     *
     * @param pictures the frame's pictures
     */
    public Optional<Preview> preview(
            OpenedFrame opened, Examined result, PreviewPictures pictures) {
        EncodedFrame frame = opened.frame();
        ByteBuffer examined = fitting(pictures.examined(), maxPictureBytes);
        int room = maxPictureBytes - (examined == null ? 0 : examined.remaining());
        ByteBuffer source = fitting(source(frame, pictures), room);
        if (source == null && examined == null) {
            return Optional.empty();
        }
        return Optional.of(
                Preview.newBuilder()
                        .setCameraId(frame.cameraId())
                        .setSession(opened.session())
                        .setSequence(frame.sequence())
                        .setCaptureTimeUs(frame.captureTimeMicros())
                        .setWidth(result.width())
                        .setHeight(result.height())
                        .setEncoding(PreviewEncoding.JPEG)
                        .setSource(source)
                        .setExamined(examined)
                        .build());
    }

    private static @Nullable ByteBuffer source(EncodedFrame frame, PreviewPictures pictures) {
        ByteBuffer encoded = pictures.source();
        if (encoded == null && frame.encoding() == ImageEncoding.JPEG) {
            return frame.image();
        }
        return encoded;
    }

    private static @Nullable ByteBuffer fitting(@Nullable ByteBuffer picture, int room) {
        return picture != null && picture.remaining() <= room ? picture.duplicate() : null;
    }
}
