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
package io.frameflow.cli.view.board;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a frame, as JPEG files. Nobody changes the buffers.
 *
 * @param id number in this process, from 1, rising
 * @param source the frame as it came; null where it was not sent
 * @param examined what the model was given; null where that is the frame as it came, or was not
 *     sent
 */
public record Pictures(long id, @Nullable ByteBuffer source, @Nullable ByteBuffer examined) {

    /** Bytes of both. */
    int bytes() {
        return (source == null ? 0 : source.remaining())
                + (examined == null ? 0 : examined.remaining());
    }
}
