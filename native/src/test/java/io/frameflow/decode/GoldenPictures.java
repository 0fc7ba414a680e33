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
package io.frameflow.decode;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** The pictures in the test resources, and what these tests do with pictures. */
public final class GoldenPictures {
    public static final int WIDTH = 67;
    public static final int HEIGHT = 45;

    private GoldenPictures() {}

    /** Contents of a test resource. */
    public static byte[] read(String name) {
        try (InputStream stream = GoldenPictures.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static DecodedImage decode(ImageDecoder decoder, ImageEncoding encoding, byte[] file) {
        return decoder.decode(encoding, 0, 0, ByteBuffer.wrap(file));
    }

    /** Copy of a picture's bytes, which the next picture would overwrite. */
    public static byte[] pixels(DecodedImage image) {
        return Arrays.copyOfRange(
                image.pixels(), image.offset(), image.offset() + image.rowBytes() * image.height());
    }

    /** The code that decoding fails with; null if it does not fail. */
    public static FailureCode failureOf(
            ImageDecoder decoder, ImageEncoding encoding, int width, int height, byte[] file) {
        try {
            decoder.decode(encoding, width, height, ByteBuffer.wrap(file));
            return null;
        } catch (FrameflowException failure) {
            return failure.code();
        }
    }
}
