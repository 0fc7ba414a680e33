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
package io.frameflow.denoise.gpu;

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How fast the card copies within its memory, and the clock at which it does. */
final class CopyRate {
    private static final long BYTES = 1L << 30;
    private static final int PATIENCE_SECONDS = 5;

    private CopyRate() {}

    /**
     * What was measured.
     *
     * @param bytesPerSecond read and written ones, of the median copy
     * @param clock of the multiprocessors while it copies, as {@code nvidia-smi} tells it
     */
    record Rate(double bytesPerSecond, String clock) {}

    /** Measures it. */
    static Rate measure(CudaStream stream) {
        try (DeviceBuffer from = new DeviceBuffer(BYTES);
                DeviceBuffer to = new DeviceBuffer(BYTES)) {
            Runnable copy = () -> DeviceMemory.copy(from, to, stream);
            String clock = clockWhile(copy);
            double millis = BusyTimes.measure(stream, List.of(round -> copy.run())).get(0).median();
            return new Rate(2.0 * BYTES / millis * 1e3, clock);
        }
    }

    private static String clockWhile(Runnable work) {
        try {
            Process process =
                    new ProcessBuilder(
                                    "nvidia-smi",
                                    "--id=0",
                                    "--query-gpu=clocks.sm",
                                    "--format=csv,noheader")
                            .redirectErrorStream(true)
                            .start();
            long start = System.nanoTime();
            while (process.isAlive()
                    && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                work.run();
            }
            if (process.isAlive()) {
                process.destroy();
                return "unknown";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            if (e.getMessage() != null && e.getMessage().contains("Cannot run program")) {
                return "unknown";
            }
            throw new UncheckedIOException(e);
        }
    }
}
