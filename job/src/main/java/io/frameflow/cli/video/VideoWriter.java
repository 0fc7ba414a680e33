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
package io.frameflow.cli.video;

import io.frameflow.image.ImageEncoding;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/**
 * Writes pictures as an H.264 video in an MP4 file, which browsers play. The file is there once it
 * is complete, and not before: what was there stays until then. Not thread-safe.
 */
public final class VideoWriter implements AutoCloseable {
    /** The encoder of FFmpeg's build without GPL parts. */
    private static final String ENCODER = "libopenh264";

    private static final double BITS_PER_PIXEL = 0.2;

    private final Path file;
    private final Path part;
    private final int width;
    private final int height;
    private final FFmpegFrameRecorder recorder;
    private boolean isEmpty = true;

    private VideoWriter(Path file, Path part, int width, int height, FFmpegFrameRecorder recorder) {
        this.file = file;
        this.part = part;
        this.width = width;
        this.height = height;
        this.recorder = recorder;
    }

    /**
     * Begins a file, which {@link #complete} puts in place of one that may be there.
     *
     * @param width width in pixels, even
     * @param height height in pixels, even
     * @param framesPerSecond above 0
     * @throws VideoException if the file cannot be written
     */
    public static VideoWriter create(Path file, int width, int height, double framesPerSecond)
            throws VideoException {
        if ((width | height) % 2 != 0) {
            throw new IllegalArgumentException("H.264 needs even sides: " + width + "x" + height);
        }
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        Path part = file.resolveSibling(file.getFileName() + ".part").toAbsolutePath();
        // Also where the process is told to end.
        part.toFile().deleteOnExit();
        FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(part.toString(), width, height, 0);
        recorder.setFormat("mp4");
        recorder.setVideoCodecName(ENCODER);
        recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
        recorder.setFrameRate(framesPerSecond);
        recorder.setVideoBitrate((int) (width * height * framesPerSecond * BITS_PER_PIXEL));
        try {
            recorder.start();
            return new VideoWriter(file, part, width, height, recorder);
        } catch (FrameRecorder.Exception e) {
            throw new VideoException("cannot write the video " + file, e);
        }
    }

    /**
     * Appends a picture.
     *
     * @param frame BGR8 pixels of the video's size; its time is not looked at, the frame rate holds
     */
    public void write(VideoFrame frame) throws VideoException {
        if (frame.layout() != ImageEncoding.BGR8
                || frame.width() != width
                || frame.height() != height) {
            throw new IllegalArgumentException("needs BGR8 pixels of " + width + "x" + height);
        }
        isEmpty = false;
        try {
            recorder.recordImage(
                    width,
                    height,
                    Frame.DEPTH_UBYTE,
                    3,
                    width * 3,
                    avutil.AV_PIX_FMT_BGR24,
                    direct(frame.pixels()));
        } catch (FrameRecorder.Exception e) {
            throw new VideoException("cannot write the video " + file, e);
        }
    }

    private static ByteBuffer direct(byte[] pixels) {
        return ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
    }

    /**
     * Completes the file.
     *
     * @throws VideoException if it cannot be played, as on a full disk, of which FFmpeg says
     *     nothing
     */
    public void complete() throws VideoException {
        try {
            recorder.close();
            if (!isEmpty) {
                checkPlayable();
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new VideoException(
                    "cannot complete the video " + file + ": is the disk full?", e);
        }
    }

    private void checkPlayable() throws VideoException {
        try (VideoReader reader = VideoReader.open(part.toString(), ImageEncoding.BGR8, null)) {
            if (reader.read() == null) {
                throw new VideoException(
                        "there is no picture in " + part,
                        new EOFException("it ends before the first one"));
            }
        }
    }

    /** Leaves nothing of a file that was not completed. */
    @Override
    public void close() throws VideoException {
        try {
            recorder.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new VideoException("cannot remove " + part, e);
        }
    }
}
