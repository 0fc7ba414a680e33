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
import java.awt.Dimension;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pictures of a video file, a picture file, a camera or a network stream, one after the
 * other. Not thread-safe.
 */
public final class VideoReader implements AutoCloseable {
    private static final String CAMERA = "/dev/video";

    private static final String STREAM_TIMEOUT_MICROS = "10000000";
    private static final double DEFAULT_FRAME_RATE = 25;

    private final String location;
    private final ImageEncoding layout;
    private final FFmpegFrameGrabber grabber;
    private long firstTimestampMicros;
    private long lastMediaTimeMicros = -1;

    private VideoReader(String location, ImageEncoding layout, FFmpegFrameGrabber grabber) {
        this.location = location;
        this.layout = layout;
        this.grabber = grabber;
    }

    /**
     * Opens a source.
     *
     * @param location a file's path, a camera such as {@code /dev/video0}, or an address such as
     *     {@code rtsp://host/stream}
     * @param layout the raw encoding in which pixels are wanted; for NV12 both sides are made even
     * @param size the size wanted, scaled to without regard to proportions; null for the source's
     * @throws VideoException if there is no such source, or no video in it
     */
    public static VideoReader open(String location, ImageEncoding layout, @Nullable Dimension size)
            throws VideoException {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(url(location));
        grabber.setPixelFormat(PixelPlanes.pixelFormat(layout));
        grabber.setImageScalingFlags(swscale.SWS_AREA);
        boolean camera = location.startsWith(CAMERA);
        if (size != null && camera) {
            // A camera is asked for the size; of a file it would be what its pictures must have.
            grabber.setImageWidth(size.width);
            grabber.setImageHeight(size.height);
        }
        setTransport(grabber, location);
        try {
            grabber.start();
            if (!grabber.hasVideo()) {
                throw new FrameGrabber.Exception("no video stream in it");
            }
            if (size != null && !camera) {
                grabber.setImageWidth(size.width);
                grabber.setImageHeight(size.height);
            }
            if (layout == ImageEncoding.NV12) {
                grabber.setImageWidth(grabber.getImageWidth() & ~1);
                grabber.setImageHeight(grabber.getImageHeight() & ~1);
            }
            return new VideoReader(location, layout, grabber);
        } catch (FrameGrabber.Exception e) {
            closeAfterFailure(grabber, e);
            throw new VideoException(
                    "cannot read video from " + location + ": is it there, and a video?", e);
        }
    }

    /** FFmpeg takes what stands before a colon for a protocol, unless the path is absolute. */
    private static String url(String location) {
        return location.contains("://") ? location : Path.of(location).toAbsolutePath().toString();
    }

    private static void setTransport(FFmpegFrameGrabber grabber, String location) {
        if (location.startsWith("rtsp://") || location.startsWith("rtsps://")) {
            // Over UDP a lost packet spoils pictures until the next key frame.
            grabber.setOption("rtsp_transport", "tcp");
            grabber.setOption("timeout", STREAM_TIMEOUT_MICROS);
        } else if (location.contains("://")) {
            grabber.setOption("rw_timeout", STREAM_TIMEOUT_MICROS);
        } else if (location.startsWith(CAMERA)) {
            grabber.setFormat("video4linux2");
        } else {
            // A name such as cam%03d.png is a file's name, not a pattern for many.
            grabber.setOption("pattern_type", "none");
        }
    }

    /** Pictures a second as the source says; 25 where it does not say. */
    public double frameRate() {
        double rate = grabber.getVideoFrameRate();
        return rate > 0 && Double.isFinite(rate) ? rate : DEFAULT_FRAME_RATE;
    }

    /**
     * Reads the next picture, waiting for it if the source is live.
     *
     * @return null at the end
     * @throws VideoException if the source fails
     */
    public @Nullable VideoFrame read() throws VideoException {
        try {
            Frame frame = grabber.grabImage();
            return frame == null ? null : copy(frame);
        } catch (FrameGrabber.Exception e) {
            throw new VideoException("cannot go on reading " + location, e);
        }
    }

    private VideoFrame copy(Frame frame) {
        // The grabber sets the limit to the first plane only.
        ByteBuffer planes = ((ByteBuffer) frame.image[0]).duplicate().clear();
        byte[] pixels =
                PixelPlanes.withoutPadding(
                        layout, frame.imageWidth, frame.imageHeight, planes, frame.imageStride);
        return new VideoFrame(
                layout, frame.imageWidth, frame.imageHeight, pixels, mediaTime(frame.timestamp));
    }

    /** Counts from the first picture; where times are missing or go back, by the frame rate. */
    private long mediaTime(long timestampMicros) {
        if (lastMediaTimeMicros < 0) {
            firstTimestampMicros = timestampMicros;
            lastMediaTimeMicros = 0;
            return 0;
        }
        long time = timestampMicros - firstTimestampMicros;
        if (time <= lastMediaTimeMicros) {
            time = lastMediaTimeMicros + Math.round(1_000_000 / frameRate());
        }
        lastMediaTimeMicros = time;
        return time;
    }

    @Override
    public void close() throws VideoException {
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            throw new VideoException("cannot close " + location, e);
        }
    }

    private static void closeAfterFailure(FFmpegFrameGrabber grabber, Exception failure) {
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            failure.addSuppressed(e);
        }
    }
}
