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

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.HalfFloat;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.model.HeadOptions;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.model.Normalization;
import io.frameflow.model.OnnxRuntimeOptions;
import io.frameflow.model.Task;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.postprocess.yolo.YoloPostprocessors;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.Detections;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoding of heads and suppression on the card give what their CPU twins give, in every bit. */
@GpuTest
@ExtendWith(LeakCheck.class)
class YoloHeadKernelsTest {
    private static final int SIDE = 640;
    private static final int BATCH = 3;
    private static final DetectionThresholds THRESHOLDS = DetectionThresholds.DEFAULT;
    private static final Letterbox LETTERBOX =
            Letterbox.of(Scaling.CENTERED, 1280, 720, SIDE, SIDE);

    @TempDir Path cacheFolder;

    /** Sizes around warps and blocks; 25,200 and 8,400 are those of real networks. */
    @ParameterizedTest
    @CsvSource({
        "YOLOV5, 1, 1",
        "YOLOV5, 2, 80",
        "YOLOV5, 31, 3",
        "YOLOV5, 32, 3",
        "YOLOV5, 33, 3",
        "YOLOV5, 255, 2",
        "YOLOV5, 256, 2",
        "YOLOV5, 257, 2",
        "YOLOV5, 25200, 80",
        "YOLOV8, 1, 1",
        "YOLOV8, 81, 80",
        "YOLOV8, 31, 3",
        "YOLOV8, 32, 3",
        "YOLOV8, 33, 3",
        "YOLOV8, 255, 2",
        "YOLOV8, 256, 2",
        "YOLOV8, 257, 2",
        "YOLOV8, 8400, 80"
    })
    void equalTheTwins(Family family, int anchors, int classes) {
        for (boolean half : new boolean[] {false, true}) {
            float[] head = randomHead(family, anchors, classes, half);

            List<Detections> actual = onTheCard(family, anchors, classes, head, half);

            FloatBuffer outputs = direct(head);
            Postprocessor twin = twin(family, anchors, classes);
            for (int picture = 0; picture < BATCH; picture++) {
                Detections expected =
                        twin.process(List.of(outputs), picture, LETTERBOX, THRESHOLDS).detections();
                Detections found = actual.get(picture);
                assertThat(found.scores()).isEqualTo(expected.scores());
                assertThat(found.classIds()).isEqualTo(expected.classIds());
                assertThat(found.boxes()).isEqualTo(expected.boxes());
            }
            assertThat(actual.stream().mapToInt(Detections::count).sum()).isPositive();
        }
    }

    /** A number that is none spoils its picture where the twin says so, and no other picture. */
    @ParameterizedTest
    @CsvSource({
        "YOLOV5, 0, NaN", "YOLOV5, 3, Infinity", "YOLOV5, 4, NaN", "YOLOV5, 6, NaN",
        "YOLOV5, 5, Infinity", "YOLOV5, 2, -Infinity", "YOLOV8, 0, NaN", "YOLOV8, 3, Infinity",
        "YOLOV8, 4, NaN", "YOLOV8, 5, Infinity", "YOLOV8, 5, -Infinity", "YOLOV8, 1, -Infinity"
    })
    void findNumbersThatAreNone(Family family, int channel, float value) {
        int anchors = 100;
        int classes = 3;
        float[] head = randomHead(family, anchors, classes, false);
        int channels = channels(family, classes);
        int confident = 40;
        for (int c = 0; c < channels; c++) {
            head[index(family, 1, confident, c, anchors, channels)] = c < 4 ? 50 : 0.9f;
        }
        head[index(family, 1, confident, channel, anchors, channels)] = value;
        Postprocessor twin = twin(family, anchors, classes);
        FloatBuffer outputs = direct(head);

        List<Detections> actual = onTheCard(family, anchors, classes, head, false);

        boolean twinRejects = rejects(twin, outputs);
        assertThat(actual.get(1) == null).isEqualTo(twinRejects);
        assertThat(actual.get(0)).isNotNull();
        assertThat(actual.get(2)).isNotNull();
    }

    private static boolean rejects(Postprocessor twin, FloatBuffer outputs) {
        try {
            twin.process(List.of(outputs), 1, LETTERBOX, THRESHOLDS);
            return false;
        } catch (FrameflowException e) {
            assertThat(e.code()).isEqualTo(FailureCode.NON_FINITE_OUTPUT);
            return true;
        }
    }

    private static int channels(Family family, int classes) {
        return classes + (family == Family.YOLOV5 ? 5 : 4);
    }

    private static int index(
            Family family, int picture, int anchor, int channel, int anchors, int channels) {
        return family == Family.YOLOV5
                ? (picture * anchors + anchor) * channels + channel
                : (picture * channels + channel) * anchors + anchor;
    }

    /** Boxes all over the input; one anchor in eight is confident, and equal scores are common. */
    private static float[] randomHead(Family family, int anchors, int classes, boolean half) {
        Random random = new Random(anchors * 31L + classes);
        int channels = channels(family, classes);
        float[] head = new float[BATCH * anchors * channels];
        for (int picture = 0; picture < BATCH; picture++) {
            for (int anchor = 0; anchor < anchors; anchor++) {
                boolean confident = random.nextInt(8) == 0 || anchors < 8;
                for (int channel = 0; channel < channels; channel++) {
                    float value =
                            channel < 2
                                    ? SIDE * random.nextFloat()
                                    : channel < 4
                                            ? 5 + 120 * random.nextFloat()
                                            : score(random, confident);
                    head[index(family, picture, anchor, channel, anchors, channels)] =
                            half ? HalfFloat.toFloat(HalfFloat.of(value)) : value;
                }
            }
        }
        return head;
    }

    private static float score(Random random, boolean confident) {
        return confident ? 0.5f + random.nextInt(64) / 128f : 0.1f * random.nextFloat();
    }

    /** What the kernels leave of each picture; null where they report numbers that are none. */
    private List<Detections> onTheCard(
            Family family, int anchors, int classes, float[] head, boolean half) {
        CudaDevice device = CudaDevice.open(0);
        KernelCache cache = new KernelCache(cacheFolder);
        var layout =
                family == Family.YOLOV5
                        ? YoloCandidatesKernel.Layout.ANCHOR_MAJOR
                        : YoloCandidatesKernel.Layout.CHANNEL_MAJOR;
        ElementType type = half ? ElementType.FLOAT16 : ElementType.FLOAT32;
        try (CudaStream stream = new CudaStream();
                PinnedBuffer host = new PinnedBuffer((long) head.length * (half ? 2 : 4));
                DeviceBuffer output = new DeviceBuffer(host.bytes());
                FrameDescriptors frames = new FrameDescriptors(BATCH);
                CandidateBuffers candidates = new CandidateBuffers(BATCH, anchors);
                DetectionBuffers detections = new DetectionBuffers(BATCH, THRESHOLDS.topk());
                YoloCandidatesKernel decode =
                        new YoloCandidatesKernel(
                                device,
                                cache,
                                layout,
                                type,
                                output,
                                classes,
                                THRESHOLDS.preCluster(),
                                candidates,
                                BATCH);
                SuppressKernel suppress =
                        new SuppressKernel(
                                device,
                                cache,
                                frames,
                                candidates,
                                THRESHOLDS.nmsIou(),
                                THRESHOLDS.classAgnostic(),
                                detections)) {
            write(head, half, host.view());
            output.copyFrom(host, host.bytes(), stream);
            IntStream.range(0, BATCH)
                    .forEach(place -> frames.set(place, 0, 0, ImageEncoding.RGB8, LETTERBOX));
            frames.upload(stream);
            candidates.clear(stream);
            decode.launch(stream);
            suppress.launch(stream);
            detections.download(stream);
            stream.synchronize();
            return IntStream.range(0, BATCH)
                    .mapToObj(place -> detections.isFinite(place) ? detections.read(place) : null)
                    .collect(java.util.stream.Collectors.toList());
        }
    }

    private static void write(float[] head, boolean half, ByteBuffer target) {
        for (int i = 0; i < head.length; i++) {
            if (half) {
                target.putShort(2 * i, HalfFloat.of(head[i]));
            } else {
                target.putFloat(4 * i, head[i]);
            }
        }
    }

    private static FloatBuffer direct(float[] values) {
        FloatBuffer buffer =
                ByteBuffer.allocateDirect(values.length * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        return buffer.put(values).rewind();
    }

    private static Postprocessor twin(Family family, int anchors, int classes) {
        InputSpec input =
                new InputSpec(
                        SIDE, SIDE, ColorOrder.RGB, Normalization.UNIT, Scaling.CENTERED, 114);
        ModelFile model =
                new ModelFile(
                        "test",
                        Optional.empty(),
                        Task.DETECTION,
                        family,
                        Path.of("test.onnx"),
                        input,
                        THRESHOLDS,
                        HeadOptions.DEFAULT,
                        IntStream.range(0, classes).mapToObj(c -> "class " + c).toList(),
                        List.of(),
                        OnnxRuntimeOptions.DEFAULT);
        int channels = channels(family, classes);
        List<Integer> shape =
                family == Family.YOLOV5
                        ? List.of(TensorInfo.DYNAMIC, anchors, channels)
                        : List.of(TensorInfo.DYNAMIC, channels, anchors);
        NetworkSignature signature =
                new NetworkSignature(
                        tensor("images", List.of(TensorInfo.DYNAMIC, 3, SIDE, SIDE)),
                        List.of(tensor("output0", shape)),
                        BatchRange.ANY);
        return YoloPostprocessors.decoded(model, signature);
    }

    private static TensorInfo tensor(String name, List<Integer> shape) {
        return new TensorInfo(name, ElementType.FLOAT32, shape);
    }
}
