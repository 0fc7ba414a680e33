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
package io.frameflow.cuda.kernel;

import io.frameflow.failure.FrameflowException;
import io.frameflow.file.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Machine code of kernels on disk, by digest of everything that it depends on. Several processes
 * may share a folder: a file appears whole or not at all. A folder that cannot be used costs a
 * compilation at each start, and a warning, nothing else. Thread-safe.
 */
public final class KernelCache {
    private static final Logger LOG = LoggerFactory.getLogger(KernelCache.class);

    private final Path folder;

    /** A cache in a folder, which is made when it is first needed. */
    public KernelCache(Path folder) {
        this.folder = folder;
    }

    /**
     * The cache of the user who runs the process: {@code frameflow/kernels} in the cache folder.
     */
    public static KernelCache ofUser() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path root =
                configured == null || configured.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(configured);
        return new KernelCache(root.resolve("frameflow").resolve("kernels"));
    }

    /** What is stored under a digest, or else what {@code compile} gives, stored from now on. */
    byte[] get(String digest, Supplier<byte[]> compile) {
        Path file = folder.resolve(digest + ".cubin");
        try {
            byte[] stored = Files.readAllBytes(file);
            if (stored.length > 0) {
                return stored;
            }
            LOG.warn("The cached kernel {} is empty; compiling it", file);
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not cached yet", file);
        } catch (IOException e) {
            LOG.warn("Cannot read the cached kernel {}: {}; compiling it", file, e.toString());
        }
        return renew(digest, compile);
    }

    /** What {@code compile} gives, stored in place of what was there. */
    byte[] renew(String digest, Supplier<byte[]> compile) {
        byte[] machineCode = compile.get();
        store(folder.resolve(digest + ".cubin"), machineCode);
        return machineCode;
    }

    private static void store(Path file, byte[] machineCode) {
        try {
            DurableFile.write(file, ByteBuffer.wrap(machineCode));
        } catch (FrameflowException e) {
            LOG.warn("Cannot cache the kernel: {}", e.getMessage());
        }
    }
}
