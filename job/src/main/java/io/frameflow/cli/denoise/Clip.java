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
package io.frameflow.cli.denoise;

import io.frameflow.cli.picture.PictureFile;
import io.frameflow.cli.video.VideoFrame;
import io.frameflow.cli.video.VideoReader;
import io.frameflow.image.ImageEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pictures of a video, or of a folder in the order of their names. Not thread-safe. */
public interface Clip extends AutoCloseable {

    /**
     * Opens a clip.
     *
     * @param location a video, a picture, or a folder of pictures
     * @throws IOException if there is no such file, or nothing in it that can be read
     */
    static Clip open(Path location) throws IOException {
        if (Files.isDirectory(location)) {
            return new Pictures(PictureFile.find(location));
        }
        return new Video(VideoReader.open(location.toString(), ImageEncoding.BGR8, null));
    }

    /**
     * Reads the next picture.
     *
     * @return BGR8 pixels; null at the end
     */
    @Nullable VideoFrame next() throws IOException;

    /** Pictures a second. */
    double frameRate();

    @Override
    void close() throws IOException;

    /** A video. */
    record Video(VideoReader reader) implements Clip {
        @Override
        public @Nullable VideoFrame next() throws IOException {
            return reader.read();
        }

        @Override
        public double frameRate() {
            return reader.frameRate();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** Picture files. */
    final class Pictures implements Clip {
        private static final double FRAME_RATE = 25;

        private final Iterator<Path> files;

        Pictures(List<Path> files) {
            this.files = files.iterator();
        }

        @Override
        public @Nullable VideoFrame next() throws IOException {
            return files.hasNext() ? read(files.next()) : null;
        }

        /** Reads one picture file. */
        public static VideoFrame read(Path file) throws IOException {
            try (VideoReader reader = VideoReader.open(file.toString(), ImageEncoding.BGR8, null)) {
                VideoFrame frame = reader.read();
                if (frame == null) {
                    throw new IOException("cannot decode the picture " + file + ": is it damaged?");
                }
                return frame;
            }
        }

        @Override
        public double frameRate() {
            return FRAME_RATE;
        }

        @Override
        public void close() {}
    }
}
