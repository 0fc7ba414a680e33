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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that are there whole or not at all, also when the machine fails meanwhile. */
public final class DurableFile {
    private static final int CHUNK = 64 << 20;

    private DurableFile() {}

    /**
     * Writes a file, in place of one that may be there, and makes its folder if needed.
     *
     * @param contents the contents, from position to limit
     * @throws FrameflowException with {@link FailureCode#STORAGE_FAILED} if that fails, as on a
     *     full disk; nothing is left of the attempt
     */
    public static void write(Path target, ByteBuffer contents) {
        Path file = target.toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(target + " is no file");
        }
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, file.getFileName() + ".", ".part");
            try {
                writeAndFlush(part, contents);
                Files.move(
                        part,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            // The new name is on the disk only once the folder is.
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.STORAGE_FAILED,
                    "cannot write "
                            + file
                            + ": "
                            + e
                            + "; make room there, or choose another folder",
                    e);
        }
    }

    private static void writeAndFlush(Path part, ByteBuffer contents) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            ByteBuffer rest = contents.duplicate();
            while (rest.hasRemaining()) {
                int length = Math.min(CHUNK, rest.remaining());
                int written = channel.write(rest.slice(rest.position(), length));
                rest.position(rest.position() + written);
            }
            channel.force(true);
        }
    }
}
