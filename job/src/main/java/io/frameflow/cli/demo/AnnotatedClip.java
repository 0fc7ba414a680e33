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
package io.frameflow.cli.demo;

import io.frameflow.cli.video.PictureCompressor;
import io.frameflow.cli.video.VideoFrame;
import io.frameflow.cli.video.VideoReader;
import io.frameflow.cli.video.VideoWriter;
import io.frameflow.image.ImageEncoding;
import io.frameflow.schema.FrameDetections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Shows results on the clip that they are about. */
final class AnnotatedClip {
    private static final int JPEG_QUALITY = 92;

    private final Path clip;
    private final Map<Long, FrameDetections> results;

    /**
     * A clip with its results.
     *
     * @param results by number of the frame in the clip
     */
    AnnotatedClip(Path clip, Map<Long, FrameDetections> results) {
        this.clip = clip;
        this.results = results;
    }

    /**
     * Writes a video of the frames that have results, and a picture of the one with most objects.
     */
    void write(Path video, Path picture) throws IOException {
        long richest = richestFrame();
        try (VideoReader reader = VideoReader.open(clip.toString(), ImageEncoding.BGR8, null)) {
            VideoFrame frame = reader.read();
            if (frame == null) {
                throw new IOException("no picture could be read from " + clip);
            }
            try (VideoWriter writer =
                    VideoWriter.create(video, frame.width(), frame.height(), reader.frameRate())) {
                for (long number = 0; frame != null; frame = reader.read(), number++) {
                    FrameDetections result = results.get(number);
                    if (result == null) {
                        continue;
                    }
                    Annotator.draw(frame, result);
                    writer.write(frame);
                    if (number == richest) {
                        writePicture(frame, picture);
                    }
                }
                writer.complete();
            }
        }
    }

    private long richestFrame() {
        return results.entrySet().stream()
                .max(Map.Entry.comparingByValue(AnnotatedClip::compareByObjects))
                .map(Map.Entry::getKey)
                .orElse(-1L);
    }

    private static int compareByObjects(FrameDetections one, FrameDetections other) {
        return Integer.compare(one.getObjects().size(), other.getObjects().size());
    }

    private static void writePicture(VideoFrame frame, Path picture) throws IOException {
        try (PictureCompressor jpeg = PictureCompressor.jpeg(JPEG_QUALITY)) {
            Files.write(picture, jpeg.compress(frame));
        }
    }
}
