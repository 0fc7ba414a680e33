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

import io.frameflow.failure.FrameflowException;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import java.nio.ByteBuffer;

/**
 * Turns one encoded picture after the other into pixels.
 *
 * <p>Pixels stand as they are stored: an orientation in a picture's EXIF data, its colour profile
 * and its transparency are not applied.
 *
 * <p>Used by one thread at a time.
 */
public interface ImageDecoder extends AutoCloseable {

    /**
     * Decodes a picture.
     *
     * @param encoding how the bytes are to be read
     * @param declaredWidth width that the frame declares, in pixels; 0 where it leaves that to the
     *     file, which raw encodings cannot
     * @param declaredHeight height that the frame declares, in pixels; likewise
     * @param image the picture, from position to limit; neither position nor contents are changed
     * @return the pixels; they stay as they are until the next call, and as long as the contents of
     *     {@code image} do
     * @throws FrameflowException of the kind {@link io.frameflow.failure.FailureKind#BAD_INPUT} if
     *     the picture is bad, and the decoder is as good as before; of another kind if the decoder
     *     failed
     */
    DecodedImage decode(
            ImageEncoding encoding, int declaredWidth, int declaredHeight, ByteBuffer image);

    /** Frees what the decoder holds. Does nothing the second time. */
    @Override
    void close();
}
