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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.engine.tensorrt.EngineRegistry;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Frames a second from JPEG bytes in host memory to boxes in host memory, with stage times.
 *
 * <p>Arguments: model file, ONNX file, plan, JPEG file, batch, seconds.
 */
public final class GpuPipelineBenchmark {
    private GpuPipelineBenchmark() {}

    /** Runs it and prints one line. */
    public static void main(String[] arguments) throws Exception {
        Path jpeg = Path.of(arguments[3]);
        int batch = Integer.parseInt(arguments[4]);
        long nanos = (long) (Double.parseDouble(arguments[5]) * 1e9);
        byte[] bytes = Files.readAllBytes(jpeg);
        List<EncodedFrame> frames = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            frames.add(
                    new EncodedFrame(
                            "camera" + i,
                            i,
                            0,
                            ImageEncoding.JPEG,
                            0,
                            0,
                            ByteBuffer.wrap(bytes.clone())));
        }
        var model = ModelFileReader.read(Path.of(arguments[0]), Path.of(arguments[1]));
        long opening = System.nanoTime();
        CudaDevice device = CudaDevice.open(0);
        EngineRegistry.Lease lease =
                EngineRegistry.acquire(Path.of(arguments[2]), device, "build it again");
        try (GpuFramePipeline pipeline =
                GpuFramePipeline.open(
                        model, device, lease, batch, DecodeLimits.DEFAULT, DenoiseStage.OFF)) {
            System.out.printf("opened in %.2f s%n", (System.nanoTime() - opening) / 1e9);
            FrameResult first = pipeline.submit(frames).get().get(0);
            System.out.println(describe(first));
            run(pipeline, frames, nanos / 4);
            run(pipeline, frames, nanos);
            latency(pipeline, frames.subList(0, 1));
        }
    }

    private static void run(GpuFramePipeline pipeline, List<EncodedFrame> frames, long nanos)
            throws Exception {
        Deque<CompletableFuture<List<FrameResult>>> flight = new ArrayDeque<>();
        long start = System.nanoTime();
        long count = 0;
        FrameResult.Examined last = null;
        while (System.nanoTime() - start < nanos || !flight.isEmpty()) {
            if (flight.size() == pipeline.maxBatchesInFlight()
                    || System.nanoTime() - start >= nanos) {
                last = (FrameResult.Examined) flight.remove().get().get(0);
                count += frames.size();
            } else {
                flight.add(pipeline.submit(frames));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d x %d, batch %d: %.0f frames/s; last batch ms: decode %.3f preprocess %.3f"
                        + " inference %.3f postprocess %.3f%n",
                last.width(),
                last.height(),
                frames.size(),
                count / seconds,
                last.times().decode() / 1e6,
                last.times().preprocess() / 1e6,
                last.times().inference() / 1e6,
                last.times().postprocess() / 1e6);
    }

    private static void latency(GpuFramePipeline pipeline, List<EncodedFrame> one)
            throws Exception {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            long start = System.nanoTime();
            pipeline.submit(one).get();
            nanos.add(System.nanoTime() - start);
        }
        Collections.sort(nanos);
        System.out.printf(
                "batch 1 latency ms: p50 %.3f p95 %.3f p99 %.3f%n",
                nanos.get(250) / 1e6, nanos.get(475) / 1e6, nanos.get(495) / 1e6);
    }

    private static String describe(FrameResult result) {
        if (!(result instanceof FrameResult.Examined examined)) {
            return result.toString();
        }
        StringBuilder text = new StringBuilder();
        var detections = examined.detections();
        for (int i = 0; i < Math.min(8, detections.count()); i++) {
            text.append(
                    String.format(
                            "class %d score %.4f box %.1f %.1f %.1f %.1f%n",
                            detections.classIds()[i],
                            detections.scores()[i],
                            detections.boxes()[4 * i],
                            detections.boxes()[4 * i + 1],
                            detections.boxes()[4 * i + 2],
                            detections.boxes()[4 * i + 3]));
        }
        return text.toString();
    }
}
