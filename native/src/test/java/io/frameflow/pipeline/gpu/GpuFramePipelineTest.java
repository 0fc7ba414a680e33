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

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cuda.kernel.GpuTest;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.GoldenPictures;
import io.frameflow.engine.Precision;
import io.frameflow.failure.FailureCode;
import io.frameflow.image.CameraPicture;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.assembly.EngineChoice;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanSettings;
import io.frameflow.reference.ReferenceData;
import io.frameflow.reference.ReferenceDetections;
import io.frameflow.reference.ReferencePlans;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.Detections;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** YOLOv5n's real weights on the card, from JPEG files to detections. */
@GpuTest
@ExtendWith(LeakCheck.class)
class GpuFramePipelineTest {
    private static final String HALF = "yolov5n-fp16.plan";
    private static final String SINGLE = "yolov5n-fp32.plan";
    private static final int BATCH = 32;

    private static FramePipeline open(String plan) {
        Precision precision = plan.equals(SINGLE) ? Precision.FP32 : Precision.FP16;
        String file = ReferencePlans.file(plan).toString();
        PipelineSettings settings =
                new PipelineSettings(
                        Path.of("..", "deploy", "models", "yolov5.yaml").toString(),
                        ReferenceData.file("models/yolov5n_640_dynbatch.onnx").toString(),
                        EngineChoice.TENSORRT,
                        BATCH,
                        0,
                        DecodeLimits.DEFAULT,
                        new PlanSettings(precision, null, file));
        return new ModelPipelineFactory(settings).open();
    }

    private static Detections detections(FrameResult result) {
        assertThat(result).isInstanceOf(FrameResult.Examined.class);
        return ((FrameResult.Examined) result).detections();
    }

    private static void assertEqual(Detections actual, Detections expected) {
        assertThat(actual.boxes()).isEqualTo(expected.boxes());
        assertThat(actual.scores()).isEqualTo(expected.scores());
        assertThat(actual.classIds()).isEqualTo(expected.classIds());
    }

    @ParameterizedTest
    @CsvSource({SINGLE + ", 2, 0.02", HALF + ", 3, 0.03"})
    void findsWhatTheReferenceFound(String plan, float pixels, float score) throws Exception {
        ReferenceDetections expected = ReferenceDetections.read();
        List<String> names = expected.names();
        List<EncodedFrame> frames = new ArrayList<>();
        for (String name : names) {
            frames.add(expected.frame(name));
        }

        List<FrameResult> results;
        try (FramePipeline pipeline = open(plan)) {
            results = pipeline.submit(frames).get();
        }

        int compared = 0;
        for (int i = 0; i < names.size(); i++) {
            compared +=
                    expected.assertFound(names.get(i), detections(results.get(i)), pixels, score);
        }
        assertThat(compared).isGreaterThan(20);
    }

    /** The picture as it went into the reference's network: decoding takes no part. */
    @Test
    void findsTheSameBoxesInTheExactPixels() throws Exception {
        byte[] pixels =
                Files.readAllBytes(
                        ReferenceData.file("expected/bus_letterbox_640x640x3_rgb_u8.raw"));
        EncodedFrame exact =
                new EncodedFrame(
                        "camera", 0, 0, ImageEncoding.RGB8, 640, 640, ByteBuffer.wrap(pixels));

        Detections found;
        try (FramePipeline pipeline = open(SINGLE)) {
            found = detections(pipeline.submit(List.of(exact)).get().get(0));
        }

        // bus.jpg is 810 x 1080: scaled by 640 / 1080, with 80 columns of padding on the left.
        float scale = 640f / 1080f;
        float[] boxes = found.boxes().clone();
        for (int i = 0; i < boxes.length; i += 4) {
            float left = Math.max(0, (boxes[i] - 80) / scale);
            float right = Math.min(810, (boxes[i] + boxes[i + 2] - 80) / scale);
            boxes[i] = left;
            boxes[i + 1] /= scale;
            boxes[i + 2] = right - left;
            boxes[i + 3] /= scale;
        }
        Detections inSource = Detections.of(boxes, found.scores(), found.classIds());
        int compared = ReferenceDetections.read().assertFound("bus.jpg", inSource, 0.1f, 0.002f);
        assertThat(compared).isEqualTo(4);
    }

    @Test
    void theSameBatchGivesTheSameBytes() throws Exception {
        ReferenceDetections reference = ReferenceDetections.read();
        List<EncodedFrame> frames = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            frames.add(reference.frame(reference.names().get(i % 6)));
        }
        try (FramePipeline pipeline = open(HALF)) {
            List<FrameResult> first = pipeline.submit(frames).get();
            for (int round = 0; round < 20; round++) {
                List<CompletableFuture<List<FrameResult>>> flight = new ArrayList<>();
                for (int i = 0; i < pipeline.maxBatchesInFlight(); i++) {
                    flight.add(pipeline.submit(frames));
                }
                for (CompletableFuture<List<FrameResult>> batch : flight) {
                    List<FrameResult> again = batch.get();
                    for (int i = 0; i < BATCH; i++) {
                        assertEqual(detections(again.get(i)), detections(first.get(i)));
                    }
                }
            }
        }
    }

    /** TensorRT chooses other kernels for other batch sizes, whose sums round differently. */
    @ParameterizedTest
    @CsvSource({SINGLE + ", 0.05, 0.001", HALF + ", 3, 0.03"})
    void theBatchAFrameFallsIntoMattersLittle(String plan, float pixels, float score)
            throws Exception {
        ReferenceDetections reference = ReferenceDetections.read();
        float mostPixels = 0;
        float mostScore = 0;
        try (FramePipeline pipeline = open(plan)) {
            for (String name : reference.names()) {
                EncodedFrame frame = reference.frame(name);
                Detections alone = detections(pipeline.submit(List.of(frame)).get().get(0));
                for (int size : new int[] {2, 3, 8, 20, 32}) {
                    List<FrameResult> batch =
                            pipeline.submit(Collections.nCopies(size, frame)).get();
                    for (FrameResult result : batch) {
                        Detections other = detections(result);
                        assertThat(other.classIds()).isEqualTo(alone.classIds());
                        mostPixels = Math.max(mostPixels, most(other.boxes(), alone.boxes()));
                        mostScore = Math.max(mostScore, most(other.scores(), alone.scores()));
                    }
                }
            }
        }
        System.out.printf(
                "%s: batches change boxes by %.4f px, scores by %.6f%n",
                plan, mostPixels, mostScore);
        assertThat(mostPixels).isLessThanOrEqualTo(pixels);
        assertThat(mostScore).isLessThanOrEqualTo(score);
    }

    private static float most(float[] a, float[] b) {
        float most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    @Test
    void badFramesFailAloneAmongFramesOfAllKindsAndSizes() throws Exception {
        byte[] good = Files.readAllBytes(ReferenceData.file("images/zidane.jpg"));
        byte[] truncated = Arrays.copyOf(good, good.length / 2);
        List<EncodedFrame> frames =
                List.of(
                        jpeg(good),
                        jpeg(truncated),
                        new EncodedFrame(
                                "a", 0, 0, ImageEncoding.GRAY8, 40, 30, ByteBuffer.allocate(7)),
                        new EncodedFrame(
                                "a",
                                0,
                                0,
                                ImageEncoding.PNG,
                                0,
                                0,
                                ByteBuffer.wrap(GoldenPictures.read("420.png"))),
                        jpeg(GoldenPictures.read("progressive.jpg")),
                        jpeg(new byte[0]),
                        jpeg(CameraPicture.jpeg(1920, 1080)),
                        jpeg(good));
        try (FramePipeline pipeline = open(HALF)) {
            List<FrameResult> results = pipeline.submit(frames).get();

            assertThat(code(results.get(1))).isEqualTo(FailureCode.TRUNCATED_IMAGE);
            assertThat(code(results.get(2))).isEqualTo(FailureCode.RAW_SIZE_MISMATCH);
            assertThat(code(results.get(5))).isEqualTo(FailureCode.EMPTY_IMAGE);
            for (int place : new int[] {0, 3, 4, 6, 7}) {
                assertThat(results.get(place)).isInstanceOf(FrameResult.Examined.class);
            }
            assertThat(detections(results.get(0)).count()).isEqualTo(3);
            assertEqual(detections(results.get(7)), detections(results.get(0)));
        }
    }

    @Test
    void aBatchOfNothingButBadFramesIsAnsweredToo() throws Exception {
        try (FramePipeline pipeline = open(HALF)) {
            List<FrameResult> results =
                    pipeline.submit(Collections.nCopies(5, jpeg(new byte[0]))).get();

            assertThat(results)
                    .hasSize(5)
                    .allSatisfy(one -> assertThat(code(one)).isEqualTo(FailureCode.EMPTY_IMAGE));
        }
    }

    /** Those of a batch on its own are the judge. */
    @Test
    void batchesOfAllSizesWithBadFramesAmongThemComeBackInOrder() throws Exception {
        List<List<EncodedFrame>> batches = mixedBatches(60);
        List<Integer> completed = Collections.synchronizedList(new ArrayList<>());
        try (FramePipeline pipeline = open(HALF)) {
            List<List<FrameResult>> alone = new ArrayList<>();
            for (List<EncodedFrame> batch : batches) {
                alone.add(pipeline.submit(batch).get());
            }
            List<CompletableFuture<List<FrameResult>>> flight = new ArrayList<>();
            for (int number = 0; number < batches.size(); number++) {
                int submitted = number;
                if (number >= pipeline.maxBatchesInFlight()) {
                    flight.get(number - pipeline.maxBatchesInFlight()).get();
                }
                flight.add(
                        pipeline.submit(batches.get(number))
                                .whenComplete((results, failure) -> completed.add(submitted)));
            }
            for (int number = 0; number < batches.size(); number++) {
                assertSame(flight.get(number).get(), alone.get(number));
            }
        }
        assertThat(completed).hasSize(batches.size()).isSorted();
    }

    /** Each has other pictures in other places than the one before, some of them undecodable. */
    private static List<List<EncodedFrame>> mixedBatches(int count) throws Exception {
        ReferenceDetections reference = ReferenceDetections.read();
        List<EncodedFrame> kinds = new ArrayList<>();
        for (String name : reference.names()) {
            kinds.add(reference.frame(name));
        }
        byte[] good = Files.readAllBytes(ReferenceData.file("images/zidane.jpg"));
        kinds.add(jpeg(Arrays.copyOf(good, good.length / 2)));
        kinds.add(jpeg(GoldenPictures.read("progressive.jpg")));
        kinds.add(jpeg(CameraPicture.jpeg(1280, 720)));
        ByteBuffer png = ByteBuffer.wrap(GoldenPictures.read("420.png"));
        kinds.add(new EncodedFrame("a", 0, 0, ImageEncoding.PNG, 0, 0, png));
        int[] sizes = {32, 1, 5, 3, 17, 32, 4, 2, 9};
        List<List<EncodedFrame>> batches = new ArrayList<>();
        int next = 0;
        for (int number = 0; number < count; number++) {
            List<EncodedFrame> batch = new ArrayList<>();
            for (int place = 0; place < sizes[number % sizes.length]; place++) {
                batch.add(kinds.get(next++ % kinds.size()));
            }
            batches.add(batch);
        }
        return batches;
    }

    private static void assertSame(List<FrameResult> actual, List<FrameResult> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int place = 0; place < expected.size(); place++) {
            if (expected.get(place) instanceof FrameResult.Rejected) {
                assertThat(actual.get(place)).isEqualTo(expected.get(place));
                assertThat(code(actual.get(place))).isEqualTo(FailureCode.TRUNCATED_IMAGE);
            } else {
                assertEqual(detections(actual.get(place)), detections(expected.get(place)));
            }
        }
    }

    private static FailureCode code(FrameResult result) {
        assertThat(result).isInstanceOf(FrameResult.Rejected.class);
        return ((FrameResult.Rejected) result).code();
    }

    private static EncodedFrame jpeg(byte[] bytes) {
        return new EncodedFrame("a", 0, 0, ImageEncoding.JPEG, 0, 0, ByteBuffer.wrap(bytes));
    }
}
