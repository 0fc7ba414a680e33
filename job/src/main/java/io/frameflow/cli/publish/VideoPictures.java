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

import io.frameflow.cli.video.VideoFrame;
import io.frameflow.cli.video.VideoReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The pictures of a video file, a camera or a stream. */
final class VideoPictures implements PictureSource {
    private final VideoReader reader;
    private final PictureEncoder encoder;

    VideoPictures(String location, PictureFormat format) throws IOException {
        this.reader = VideoReader.open(location, format.pixelLayout(), format.size());
        this.encoder = new PictureEncoder(format);
    }

    @Override
    public @Nullable Picture next() throws IOException {
        VideoFrame frame = reader.read();
        return frame == null ? null : encoder.encode(frame);
    }

    @Override
    public long intervalMicros() {
        return Math.round(1_000_000 / reader.frameRate());
    }

    @Override
    public void close() throws IOException {
        try (reader) {
            encoder.close();
        }
    }
}
