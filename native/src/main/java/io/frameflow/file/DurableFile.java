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
package io.frameflow.file;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

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
        write(target, contents, new FileAttribute<?>[0]);
    }

    /**
     * The same for a file that others may read, as far as the process lets them. {@link #write}
     * makes files that are its user's alone.
     *
     * @throws FrameflowException with {@link FailureCode#STORAGE_FAILED} if that fails
     */
    public static void writeForAll(Path target, ByteBuffer contents) {
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        // What the process' mask forbids is taken away from these by the system.
        FileAttribute<?>[] attributes =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-rw-rw-"))
                        }
                        : new FileAttribute<?>[0];
        write(target, contents, attributes);
    }

    private static void write(Path target, ByteBuffer contents, FileAttribute<?>[] attributes) {
        Path file = target.toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(target + " is no file");
        }
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, file.getFileName() + ".", ".part", attributes);
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
