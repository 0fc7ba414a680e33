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

import java.util.Objects;
import javax.imageio.stream.ImageInputStreamImpl;

/** Lets ImageIO read a part of an array without the copies of its own memory stream. */
final class ByteArrayImageInputStream extends ImageInputStreamImpl {
    private final byte[] bytes;
    private final int start;
    private final int size;

    ByteArrayImageInputStream(byte[] bytes, int start, int size) {
        Objects.checkFromIndexSize(start, size, bytes.length);
        this.bytes = bytes;
        this.start = start;
        this.size = size;
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < size ? bytes[start + (int) streamPos++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        bitOffset = 0;
        if (streamPos >= size) {
            return -1;
        }
        int count = (int) Math.min(length, size - streamPos);
        System.arraycopy(bytes, start + (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return size;
    }
}
