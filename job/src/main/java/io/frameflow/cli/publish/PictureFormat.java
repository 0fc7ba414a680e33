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

import io.frameflow.image.ImageEncoding;
import java.awt.Dimension;
import org.jspecify.annotations.Nullable;

/**
 * How pictures are to be published.
 *
 * @param encoding the encoding; null for the one of the file where that can be published as it is,
 *     and JPEG for everything else
 * @param size the size in pixels; null for that of the source
 * @param quality quality of JPEG, 1 to 100
 */
public record PictureFormat(
        @Nullable ImageEncoding encoding, @Nullable Dimension size, int quality) {

    /** The encoding for pictures that have to be encoded. */
    ImageEncoding encodingOrJpeg() {
        return encoding == null ? ImageEncoding.JPEG : encoding;
    }

    /** The raw encoding from which {@link #encodingOrJpeg()} is made. */
    ImageEncoding pixelLayout() {
        ImageEncoding wanted = encodingOrJpeg();
        return wanted.isRaw() ? wanted : ImageEncoding.BGR8;
    }

    /** Whether a file of this encoding may go out unchanged. */
    boolean keeps(ImageEncoding fileEncoding) {
        return size == null && (encoding == null || encoding == fileEncoding);
    }
}
