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
package io.frameflow.engine.tensorrt.build;

import io.frameflow.engine.tensorrt.FileBytes;
import io.frameflow.engine.tensorrt.TensorRtFailures;
import io.frameflow.engine.tensorrt.TensorRtLogger;
import io.frameflow.engine.tensorrt.TensorRtObject;
import io.frameflow.failure.FrameflowException;
import io.frameflow.file.DurableFile;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long kernels took in earlier builds, so that they need not be timed again. A cache of another
 * card or version is no use, and neither is a damaged one: then a new one is begun.
 */
final class TimingCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimingCache.class);

    private final Path file;
    private final IBuilderConfig config;
    private final TensorRtObject<ITimingCache> cache;

    private TimingCache(Path file, IBuilderConfig config, TensorRtObject<ITimingCache> cache) {
        this.file = file;
        this.config = config;
        this.cache = cache;
    }

    /** Gives the configuration what the file holds, or else an empty cache. */
    static TimingCache use(Path file, IBuilderConfig config) {
        if (Files.isRegularFile(file)) {
            try (FileBytes bytes = FileBytes.read(file)) {
                return set(file, config, bytes.pointer(), bytes.pointer().capacity());
            } catch (IOException | FrameflowException e) {
                LOG.warn("The timing cache {} is of no use here: {}", file, e.getMessage());
            }
        }
        return set(file, config, new Pointer(), 0);
    }

    private static TimingCache set(Path file, IBuilderConfig config, Pointer bytes, long size) {
        try (Rollback rollback = new Rollback()) {
            TensorRtLogger.INSTANCE.forgetErrors();
            TensorRtObject<ITimingCache> cache =
                    rollback.add(
                            TensorRtObject.own(
                                    "createTimingCache",
                                    config.createTimingCache(bytes, size),
                                    ITimingCache::new));
            TensorRtFailures.check(config.setTimingCache(cache.get(), false), "setTimingCache");
            rollback.commit();
            return new TimingCache(file, config, cache);
        }
    }

    /** Writes what is known after a build. */
    void save() {
        try (TensorRtObject<IHostMemory> memory =
                TensorRtObject.own(
                        "ITimingCache::serialize",
                        config.getTimingCache().serialize(),
                        IHostMemory::new)) {
            DurableFile.write(file, bytes(memory.get()));
        }
    }

    /** A view of TensorRT's memory, valid as long as that. */
    static ByteBuffer bytes(IHostMemory memory) {
        return new BytePointer(memory.data()).capacity(memory.size()).asByteBuffer();
    }

    @Override
    public void close() {
        cache.close();
    }
}
