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
package io.frameflow.cli.picture;

import io.frameflow.cli.video.VideoFrame;
import io.frameflow.cli.video.VideoReader;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Sends picture files through a pipeline, one after the other. */
public final class PictureExaminer {
    private final FramePipeline pipeline;

    /**
     * An examiner.
     *
     * @param pipeline stays the caller's to close
     */
    public PictureExaminer(FramePipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Examines one picture.
     *
     * @throws IOException if the file cannot be read, or the pipeline fails
     */
    public FrameResult examine(Path file) throws IOException {
        return examine(file, FrameSettings.DEFAULT);
    }

    /**
     * Examines one picture with settings of its own.
     *
     * @throws IOException if the file cannot be read, or the pipeline fails
     */
    public FrameResult examine(Path file, FrameSettings settings) throws IOException {
        EncodedFrame frame = read(file, settings);
        try {
            return pipeline.submit(List.of(frame)).get().get(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while examining a picture");
        } catch (ExecutionException e) {
            throw new IOException("the pipeline failed: " + e.getCause(), e);
        }
    }

    private static EncodedFrame read(Path file, FrameSettings settings) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ImageEncoding encoding = PictureFile.encoding(file, bytes);
        if (encoding != null) {
            return new EncodedFrame("", 0, 0, encoding, 0, 0, ByteBuffer.wrap(bytes), settings);
        }
        try (VideoReader reader = VideoReader.open(file.toString(), ImageEncoding.BGR8, null)) {
            VideoFrame frame = reader.read();
            if (frame == null) {
                throw new IOException("cannot decode the picture " + file + ": is it damaged?");
            }
            ByteBuffer pixels = ByteBuffer.wrap(frame.pixels());
            return new EncodedFrame(
                    "", 0, 0, frame.layout(), frame.width(), frame.height(), pixels, settings);
        }
    }
}
