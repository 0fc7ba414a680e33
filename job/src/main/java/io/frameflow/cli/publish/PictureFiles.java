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
package io.frameflow.cli.publish;

import io.frameflow.cli.picture.PictureFile;
import io.frameflow.cli.video.VideoFrame;
import io.frameflow.cli.video.VideoReader;
import io.frameflow.image.ImageEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Picture files, in the order of their names. JPEG and PNG files go out unchanged where the format
 * allows it, so that what is published is what was found, damaged or not.
 */
final class PictureFiles implements PictureSource {
    /** Pictures have no times; 25 a second is what a plain video has. */
    private static final long INTERVAL_MICROS = 40_000;

    private final Iterator<Path> files;
    private final PictureFormat format;
    private final PictureEncoder encoder;
    private long count;

    /**
     * Finds the pictures.
     *
     * @param location a picture file, or a folder with picture files
     * @throws IOException if there are none
     */
    PictureFiles(Path location, PictureFormat format) throws IOException {
        this.files = PictureFile.find(location).iterator();
        this.format = format;
        this.encoder = new PictureEncoder(format);
    }

    @Override
    public @Nullable Picture next() throws IOException {
        if (!files.hasNext()) {
            return null;
        }
        Path file = files.next();
        long time = count++ * INTERVAL_MICROS;
        byte[] bytes = Files.readAllBytes(file);
        ImageEncoding encoding = PictureFile.encoding(file, bytes);
        return encoding != null && format.keeps(encoding)
                ? new Picture(encoding, 0, 0, bytes, time)
                : encoded(file, time);
    }

    private Picture encoded(Path file, long time) throws IOException {
        try (VideoReader reader =
                VideoReader.open(file.toString(), format.pixelLayout(), format.size())) {
            VideoFrame frame = reader.read();
            if (frame == null) {
                throw new IOException("cannot decode the picture " + file + ": is it damaged?");
            }
            Picture picture = encoder.encode(frame);
            return new Picture(
                    picture.encoding(), picture.width(), picture.height(), picture.bytes(), time);
        }
    }

    @Override
    public long intervalMicros() {
        return INTERVAL_MICROS;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
