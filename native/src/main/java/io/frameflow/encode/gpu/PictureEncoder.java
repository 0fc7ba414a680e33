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
package io.frameflow.encode.gpu;

import io.frameflow.decode.gpu.GpuPicture;
import java.nio.ByteBuffer;

/** Makes JPEGs of pictures on the card. Used by one thread at a time. */
public interface PictureEncoder extends AutoCloseable {

    /**
     * Makes a JPEG; waits for the card. When this returns, also by an exception, no work is queued
     * that needs the picture.
     *
     * @param picture a picture that lies on the card already; not changed
     * @return a new buffer with the whole file
     * @throws io.frameflow.failure.FrameflowException if none can be made
     */
    ByteBuffer encode(GpuPicture picture);

    @Override
    void close();
}
