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
package io.frameflow.engine.tensorrt;

import io.frameflow.resource.NativeResource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.bytedeco.javacpp.BytePointer;

/** A file in memory of the host, outside the heap, with the digest of what was read. */
public final class FileBytes extends NativeResource {
    private static final long CHUNK = 64L << 20;

    private final BytePointer bytes;
    private final String sha256;

    private FileBytes(FileChannel file) throws IOException {
        super("file in memory", file.size());
        if (file.size() == 0) {
            throw new EOFException("the file is empty");
        }
        bytes = new BytePointer(file.size());
        opened();
        try {
            sha256 = read(file);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read or is empty
     */
    public static FileBytes read(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return new FileBytes(file);
        }
    }

    private String read(FileChannel file) throws IOException {
        MessageDigest digest = Sha256.digest();
        for (long start = 0; start < bytes.capacity(); start += CHUNK) {
            ByteBuffer chunk = chunk(start, Math.min(CHUNK, bytes.capacity() - start));
            while (chunk.hasRemaining()) {
                if (file.read(chunk) < 0) {
                    throw new EOFException("the file became shorter while it was read");
                }
            }
            digest.update(chunk.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private ByteBuffer chunk(long start, long length) {
        // A slice, since the buffer's own position is the chunk's place in the whole.
        ByteBuffer chunk = bytes.position(start).limit(start + length).asByteBuffer().slice();
        bytes.position(0).limit(bytes.capacity());
        return chunk;
    }

    /** The contents; borrowed, valid until this is closed. */
    public BytePointer pointer() {
        checkOpen();
        return bytes;
    }

    /** Its SHA-256 in lower-case hexadecimal. */
    public String sha256() {
        return sha256;
    }

    @Override
    protected void free() {
        bytes.deallocate();
    }
}
