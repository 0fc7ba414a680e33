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
package io.frameflow.pipeline.gpu;

import io.frameflow.engine.Precision;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanSettings;
import io.frameflow.resource.ResourceLedger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Frames by the million through a pipeline on the card, and what memory it has meanwhile.
 *
 * <p>Arguments: model file, network, plan, frames, and JPEG files that frames take in turns. Prints
 * a JSON object a line, one each twentieth of the way: memory of the card that is in use (by all
 * its processes), open buffers of the pipeline, and memory of the process.
 */
public final class PipelineSoak {
    private static final int BATCH = 32;
    private static final int SAMPLES = 20;

    private PipelineSoak() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        long frames = Long.parseLong(arguments[3]);
        List<byte[]> pictures = new ArrayList<>();
        for (String file : List.of(arguments).subList(4, arguments.length)) {
            pictures.add(Files.readAllBytes(Path.of(file)));
        }
        PipelineSettings settings =
                PipelineSettings.of(arguments[0], arguments[1], EngineChoice.TENSORRT, BATCH)
                        .withPlan(new PlanSettings(Precision.FP16, null, arguments[2]));
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open()) {
            run(pipeline, pictures, frames);
        }
    }

    private static void run(FramePipeline pipeline, List<byte[]> pictures, long frames)
            throws Exception {
        Deque<CompletableFuture<List<FrameResult>>> flight = new ArrayDeque<>();
        long start = System.nanoTime();
        long submitted = 0;
        long finished = 0;
        long nextSample = 0;
        while (finished < frames) {
            if (submitted < frames && flight.size() < pipeline.maxBatchesInFlight()) {
                flight.add(pipeline.submit(batch(pictures, submitted)));
                submitted += BATCH;
                continue;
            }
            finished += examined(flight.remove().get());
            if (finished >= nextSample) {
                System.out.println(sample(finished, (System.nanoTime() - start) / 1e9));
                nextSample += frames / SAMPLES;
            }
        }
    }

    private static List<EncodedFrame> batch(List<byte[]> pictures, long first) {
        List<EncodedFrame> frames = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            byte[] picture = pictures.get((int) ((first + i) % pictures.size()));
            ByteBuffer bytes = ByteBuffer.wrap(picture);
            frames.add(
                    new EncodedFrame(
                            "camera" + i, first / BATCH, first, ImageEncoding.JPEG, 0, 0, bytes));
        }
        return frames;
    }

    private static int examined(List<FrameResult> results) {
        for (FrameResult result : results) {
            if (!(result instanceof FrameResult.Examined)) {
                throw new IllegalStateException("not examined: " + result);
            }
        }
        return results.size();
    }

    private static String sample(long frames, double seconds) throws IOException {
        return String.format(
                Locale.ROOT,
                "{\"frames\": %d, \"seconds\": %.1f, \"card_bytes_in_use\": %d,"
                        + " \"device_memory_bytes\": %d, \"pinned_memory_bytes\": %d,"
                        + " \"open_resources\": %d, \"resident_bytes\": %d}",
                frames,
                seconds,
                cardBytesInUse(),
                ResourceLedger.openBytes("device memory"),
                ResourceLedger.openBytes("pinned memory"),
                ResourceLedger.snapshot().size(),
                residentBytes());
    }

    private static long cardBytesInUse() {
        try (SizeTPointer free = new SizeTPointer(1);
                SizeTPointer total = new SizeTPointer(1)) {
            if (cudart.cudaMemGetInfo(free, total) != cudart.cudaSuccess) {
                throw new IllegalStateException("the card does not tell its memory");
            }
            return total.get() - free.get();
        }
    }

    private static long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS in /proc/self/status");
    }
}
