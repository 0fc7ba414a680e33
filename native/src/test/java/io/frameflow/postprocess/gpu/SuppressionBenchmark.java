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
package io.frameflow.postprocess.gpu;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaEvent;
import io.frameflow.cuda.CudaGraph;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.cuda.kernel.CandidateBuffers;
import io.frameflow.cuda.kernel.FrameDescriptors;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.HalfFloat;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.geometry.Letterbox;
import io.frameflow.model.ClassRules;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Time of post-processing a batch of YOLOv5's outputs on the card: decoding, thresholds,
 * suppression, scaling to the frame. The candidates go to a file, so that other programs can be
 * given the same: {@code deploy/benchmark/suppression.py}.
 *
 * <p>Arguments: model file, network, raw output of one image (float32), folder for the candidates,
 * and score thresholds.
 */
public final class SuppressionBenchmark {
    private static final int BATCH = 32;
    private static final int ANCHORS = 25200;
    private static final int NUMBERS = 85;
    private static final int LAUNCHES = 500;

    private final ModelFile model;
    private final float[] output;

    private SuppressionBenchmark(ModelFile model, float[] output) {
        this.model = model;
        this.output = output;
    }

    /** Runs it and prints a JSON object a line. */
    public static void main(String[] arguments) throws IOException {
        ModelFile model = ModelFileReader.read(Path.of(arguments[0]), Path.of(arguments[1]));
        var benchmark = new SuppressionBenchmark(model, rounded(Path.of(arguments[2])));
        CudaDevice.open(0).makeCurrent();
        for (String threshold : List.of(arguments).subList(4, arguments.length)) {
            float score = Float.parseFloat(threshold);
            int candidates =
                    benchmark.export(
                            score, Path.of(arguments[3], "candidates-" + threshold + ".bin"));
            Result result =
                    benchmark.measure(
                            new DetectionThresholds(score, 0.45f, 300, false, ClassRules.NONE));
            System.out.printf(
                    Locale.ROOT,
                    "{\"score_threshold\": %s, \"batch\": %d, \"candidates_per_image\": %d,"
                            + " \"detections_per_image\": %d, \"milliseconds_per_batch\": %.4f}%n",
                    threshold,
                    BATCH,
                    candidates,
                    result.detections(),
                    result.milliseconds());
        }
    }

    /** As an engine of half precision would give them. */
    private static float[] rounded(Path raw) throws IOException {
        FloatBuffer numbers =
                ByteBuffer.wrap(Files.readAllBytes(raw))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        float[] rounded = new float[ANCHORS * NUMBERS];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = HalfFloat.toFloat(HalfFloat.of(numbers.get(i)));
        }
        return rounded;
    }

    /** Six floats a candidate: left, top, right, bottom, score, class. */
    private int export(float threshold, Path file) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(ANCHORS * 6 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        for (int first = 0; first < output.length; first += NUMBERS) {
            int best = 5;
            for (int i = 6; i < NUMBERS; i++) {
                best = output[first + i] > output[first + best] ? i : best;
            }
            float score = output[first + 4] * output[first + best];
            if (score > threshold) {
                float halfWidth = output[first + 2] / 2;
                float halfHeight = output[first + 3] / 2;
                bytes.putFloat(output[first] - halfWidth)
                        .putFloat(output[first + 1] - halfHeight)
                        .putFloat(output[first] + halfWidth)
                        .putFloat(output[first + 1] + halfHeight)
                        .putFloat(score)
                        .putFloat(best - 5);
                count++;
            }
        }
        Files.write(file, java.util.Arrays.copyOf(bytes.array(), bytes.position()));
        return count;
    }

    private record Result(double milliseconds, int detections) {}

    private Result measure(DetectionThresholds thresholds) {
        NetworkSignature signature =
                new NetworkSignature(
                        new TensorInfo("images", ElementType.FLOAT16, List.of(-1, 3, 640, 640)),
                        List.of(
                                new TensorInfo(
                                        "output0",
                                        ElementType.FLOAT16,
                                        List.of(-1, ANCHORS, NUMBERS))),
                        new BatchRange(1, BATCH));
        GpuHead head = GpuHead.of(model, signature);
        Letterbox letterbox = model.input().letterbox(810, 1080);
        try (Rollback all = new Rollback();
                CudaStream stream = new CudaStream();
                FrameDescriptors frames = new FrameDescriptors(BATCH);
                CandidateBuffers candidates = new CandidateBuffers(BATCH, head.anchors())) {
            for (int image = 0; image < BATCH; image++) {
                frames.set(image, 0, 0, PictureLayout.RGB8, letterbox);
            }
            frames.upload(stream);
            NetworkOnCard network =
                    new NetworkOnCard(
                            CudaDevice.open(0),
                            KernelCache.ofUser(),
                            signature,
                            List.of(all.add(outputOnCard(stream))),
                            frames);
            GpuDetection detection =
                    all.add(new GpuDetection(head, network, candidates, BATCH, thresholds));
            CudaGraph graph =
                    all.add(
                            CudaGraph.capture(
                                    stream,
                                    () -> {
                                        candidates.clear(stream);
                                        detection.launch(stream);
                                    }));
            double milliseconds = time(graph, stream, all);
            stream.synchronize();
            int found = detection.detections().read(0, ClassRules.NONE, 1080).count();
            return new Result(milliseconds, found);
        }
    }

    private static double time(CudaGraph graph, CudaStream stream, Rollback all) {
        CudaEvent start = all.add(new CudaEvent());
        CudaEvent end = all.add(new CudaEvent());
        for (int i = 0; i < 20; i++) {
            graph.launch(stream);
        }
        start.record(stream);
        for (int i = 0; i < LAUNCHES; i++) {
            graph.launch(stream);
        }
        end.record(stream);
        end.synchronize();
        return end.nanosSince(start) / 1e6 / LAUNCHES;
    }

    private DeviceBuffer outputOnCard(CudaStream stream) {
        int bytes = Short.BYTES * output.length;
        try (Rollback rollback = new Rollback();
                PinnedBuffer host = new PinnedBuffer((long) BATCH * bytes)) {
            for (int i = 0; i < output.length; i++) {
                host.view().putShort(Short.BYTES * i, HalfFloat.of(output[i]));
            }
            for (int image = 1; image < BATCH; image++) {
                host.view().put(image * bytes, host.view(), 0, bytes);
            }
            DeviceBuffer buffer = rollback.add(new DeviceBuffer(host.bytes()));
            buffer.copyFrom(host, host.bytes(), stream);
            stream.synchronize();
            rollback.commit();
            return buffer;
        }
    }
}
