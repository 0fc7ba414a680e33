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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.resource.NativeResource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bytedeco.javacpp.BytePointer;

/** A plan as it was read from its file, in memory of the host, with the digest of what was read. */
final class PlanBytes extends NativeResource {
    private static final long CHUNK = 64L << 20;

    private final BytePointer bytes;
    private final String sha256;

    private PlanBytes(FileChannel file) throws IOException {
        super("plan", file.size());
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
     * @throws FrameflowException with {@link FailureCode#INVALID_MODEL} if it cannot be read
     */
    static PlanBytes read(Path plan) {
        try (FileChannel file = FileChannel.open(plan, StandardOpenOption.READ)) {
            return new PlanBytes(file);
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL, "cannot read the plan " + plan + ": " + e, e);
        }
    }

    private String read(FileChannel file) throws IOException {
        MessageDigest digest = sha256Digest();
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
        ByteBuffer chunk = bytes.position(start).limit(start + length).asByteBuffer();
        bytes.position(0).limit(bytes.capacity());
        return chunk;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The plan; borrowed, valid until this is closed. */
    BytePointer pointer() {
        checkOpen();
        return bytes;
    }

    /** Its digest in lower-case hexadecimal. */
    String sha256() {
        return sha256;
    }

    @Override
    protected void free() {
        bytes.deallocate();
    }
}
