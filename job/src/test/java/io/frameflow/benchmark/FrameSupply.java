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
package io.frameflow.benchmark;

import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameEncoding;
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Makes the frames that are published: number {@code i} belongs to camera {@code i % cameras}. */
final class FrameSupply {
    private final List<byte[]> pictures;
    private final int cameras;

    /** Frames with these pictures in turns. */
    FrameSupply(List<byte[]> pictures, int cameras) {
        this.pictures = pictures;
        this.cameras = cameras;
    }

    /** The JPEG file, or those of the folder; without either one picture of random bytes. */
    static List<byte[]> pictures(@Nullable Path path, int bytes) throws IOException {
        if (path == null) {
            byte[] random = new byte[bytes];
            new Random(1).nextBytes(random);
            return List.of(random);
        }
        if (Files.isRegularFile(path)) {
            return List.of(Files.readAllBytes(path));
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> sorted = files.filter(file -> file.toString().endsWith(".jpg")).toList();
            List<byte[]> pictures = new ArrayList<>();
            for (Path file : sorted.stream().sorted().toList()) {
                pictures.add(Files.readAllBytes(file));
            }
            if (pictures.isEmpty()) {
                throw new IOException("no *.jpg in " + path);
            }
            return pictures;
        }
    }

    /** Message number {@code number}; not thread-safe as far as {@code codec} goes. */
    ProducerRecord<byte[], byte[]> message(
            String topic, long number, long captureTimeMicros, RecordCodec<Frame> codec) {
        String camera = "camera-" + number % cameras;
        byte[] picture = pictures.get((int) (number / cameras % pictures.size()));
        // Sizes are 0, as for JPEG files; the builder would want defaults of Avro's own making.
        Frame frame =
                new Frame(
                        camera,
                        "benchmark",
                        number / cameras,
                        captureTimeMicros,
                        FrameEncoding.JPEG,
                        0,
                        0,
                        ByteBuffer.wrap(picture));
        return new ProducerRecord<>(
                topic, camera.getBytes(StandardCharsets.UTF_8), codec.encode(frame));
    }

    /** Mean size of a picture. */
    double meanBytes() {
        return pictures.stream().mapToInt(picture -> picture.length).average().orElseThrow();
    }
}
