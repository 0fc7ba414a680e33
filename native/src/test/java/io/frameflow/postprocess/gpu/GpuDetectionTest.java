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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.cuda.kernel.CandidateBuffers;
import io.frameflow.cuda.kernel.FrameDescriptors;
import io.frameflow.cuda.kernel.GpuTest;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.HalfFloat;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ScoreActivation;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.postprocess.family.Postprocessors;
import io.frameflow.resource.LeakCheck;
import io.frameflow.resource.Rollback;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every family's kernels leave of random outputs is what their twins on the CPU leave. */
@GpuTest
@ExtendWith(LeakCheck.class)
class GpuDetectionTest {
    private static final int BATCH = TestHeads.BATCH;
    private static final int FRAME_WIDTH = 1280;
    private static final int FRAME_HEIGHT = 720;

    @TempDir static Path cacheFolder;

    /** Sizes around warps and blocks; the large ones are those of real networks. */
    @ParameterizedTest
    @CsvSource({
        "YOLOV5, 1",
        "YOLOV5, 31",
        "YOLOV5, 32",
        "YOLOV5, 33",
        "YOLOV5, 255",
        "YOLOV5, 256",
        "YOLOV5, 257",
        "YOLOV5, 25200",
        "YOLOV8, 7",
        "YOLOV8, 31",
        "YOLOV8, 32",
        "YOLOV8, 33",
        "YOLOV8, 255",
        "YOLOV8, 256",
        "YOLOV8, 257",
        "YOLOV8, 8400",
        "YOLO5FACE, 1",
        "YOLO5FACE, 33",
        "YOLO5FACE, 257",
        "YOLO5FACE, 6300",
        "YOLOV7_POSE, 1",
        "YOLOV7_POSE, 33",
        "YOLOV7_POSE, 257",
        "YOLOV7_POSE, 25500",
        "YOLOV8_POSE, 1",
        "YOLOV8_POSE, 33",
        "YOLOV8_POSE, 257",
        "YOLOV8_POSE, 8400"
    })
    void yoloEqualsTheTwinInEveryBit(Family family, int anchors) {
        for (ElementType type : List.of(ElementType.FLOAT32, ElementType.FLOAT16)) {
            assertEqualsTwin(TestHeads.yolo(family, 640, 640, anchors), type, 0);
        }
    }

    /** From one cell of each stride to the inputs of real networks, square and not. */
    @ParameterizedTest
    @CsvSource({
        "YUNET, 32, 32",
        "YUNET, 64, 32",
        "YUNET, 96, 160",
        "YUNET, 320, 320",
        "YUNET, 640, 640",
        "YUFACEDETECTNET, 32, 32",
        "YUFACEDETECTNET, 64, 32",
        "YUFACEDETECTNET, 96, 160",
        "YUFACEDETECTNET, 320, 320",
        "YUFACEDETECTNET, 1024, 576",
        "ULTRAFACE, 32, 32",
        "ULTRAFACE, 320, 240",
        "ULTRAFACE, 640, 480",
        "ULTRAFACE_RAW, 32, 32",
        "ULTRAFACE_RAW, 320, 240",
        "ULTRAFACE_RAW, 640, 480"
    })
    void facesEqualTheTwin(Family family, int width, int height) {
        for (ElementType type : List.of(ElementType.FLOAT32, ElementType.FLOAT16)) {
            // The exponentials of host and card may differ in the last bit of single precision.
            assertEqualsTwin(TestHeads.of(family, width, height), type, 1e-3f);
        }
    }

    /** What PyTorch and torchvision found in the same outputs. */
    @ParameterizedTest
    @EnumSource(names = {"SSDLITE", "YOLOV8_POSE", "YOLOV7_POSE", "YOLOV3_RAW", "YOLOV5_RAW"})
    void findsWhatTorchvisionFound(Family family) throws IOException {
        GoldenHead golden = GoldenHead.read(family);
        InputSpec input = golden.head().model().input();
        Letterbox whole = input.letterbox(input.width(), input.height());

        Detections found = onTheCard(golden.head(), ElementType.FLOAT32, whole).get(golden.image());

        GoldenDetections.assertEqual(found, golden.detections());
    }

    @Test
    void logitsEqualTheTwin() {
        assertEqualsTwin(
                TestHeads.yuFace(320, 320, ScoreActivation.SOFTMAX), ElementType.FLOAT32, 1e-3f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"YOLOV5", "YOLOV8"})
    void appliesTheRulesOfSingleClasses(Family family) {
        assertEqualsTwin(
                TestHeads.yolo(family, 640, 640, 1000, 4, TestHeads.byClass()),
                ElementType.FLOAT32,
                0);
    }

    /** Each frame has thresholds of its own, or only one of them, or none. */
    @ParameterizedTest
    @EnumSource(
            value = Family.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SEGMENTATION", "TENSOR"})
    void appliesTheThresholdsOfFrames(Family family) {
        assertThresholdsOfFrames(TestHeads.forFrameThresholds(family));
    }

    /** Classes with a threshold of their own keep it. */
    @ParameterizedTest
    @ValueSource(strings = {"YOLOV5", "YOLOV8"})
    void leavesClassesTheirOwnThresholds(Family family) {
        assertThresholdsOfFrames(TestHeads.yolo(family, 640, 640, 1000, 4, TestHeads.byClass()));
    }

    /** That the settings change what is found in these outputs is what TestHeadsTest asserts. */
    private static void assertThresholdsOfFrames(TestHead head) {
        List<FrameSettings> settings = TestHeads.FRAME_SETTINGS;

        List<Detections> actual = onTheCard(head, ElementType.FLOAT32, letterbox(head), settings);

        for (int image = 0; image < BATCH; image++) {
            Detections found = actual.get(image);
            Detections twin = twin(head, image, settings.get(image));
            assertThat(found.count()).as("image %d", image).isEqualTo(twin.count());
            assertThat(found.classIds()).isEqualTo(twin.classIds());
            assertThat(found.scores()).containsExactly(twin.scores(), within(1e-6f));
            assertThat(found.boxes()).containsExactly(twin.boxes(), within(1e-3f));
        }
    }

    private static Detections twin(TestHead head, int image, FrameSettings settings) {
        DetectionThresholds own =
                head.model()
                        .thresholds()
                        .with(settings.scoreThreshold(), settings.nmsIouThreshold());
        return Postprocessors.of(head.model(), head.signature(ElementType.FLOAT32))
                .process(head.buffers(), image, letterbox(head), own)
                .detections();
    }

    /** A number that is none spoils its image where the twin says so, and no other image. */
    @ParameterizedTest
    @CsvSource({
        "YOLOV5, 0, 0, NaN",
        "YOLOV5, 0, 3, Infinity",
        "YOLOV5, 0, 4, NaN",
        "YOLOV5, 0, 6, NaN",
        "YOLOV5, 0, 5, Infinity",
        "YOLOV5, 0, 2, -Infinity",
        "YOLO5FACE, 0, 15, NaN",
        "YOLO5FACE, 0, 7, NaN",
        "YOLO5FACE, 0, 14, Infinity",
        "YOLOV7_POSE, 0, 56, NaN",
        "YOLOV7_POSE, 0, 6, -Infinity",
        "YUNET, 0, 0, NaN",
        "YUNET, 1, 0, Infinity",
        "YUNET, 2, 3, NaN",
        "YUNET, 2, 3, Infinity",
        "YUNET, 3, 9, NaN",
        "YUNET, 2, 3, -Infinity",
        "YUFACEDETECTNET, 0, 2, NaN",
        "YUFACEDETECTNET, 0, 13, Infinity",
        "YUFACEDETECTNET, 1, 1, NaN",
        "YUFACEDETECTNET, 1, 0, NaN",
        "YUFACEDETECTNET, 2, 0, -Infinity",
        "ULTRAFACE, 0, 1, NaN",
        "ULTRAFACE, 0, 0, NaN",
        "ULTRAFACE, 1, 2, Infinity",
        "ULTRAFACE_RAW, 1, 3, NaN",
        "ULTRAFACE_RAW, 1, 3, Infinity",
        "ULTRAFACE_RAW, 1, 3, -Infinity",
        "END_TO_END, 0, 0, NaN",
        "END_TO_END, 0, 4, NaN",
        "END_TO_END, 0, 5, NaN",
        "END_TO_END, 0, 5, 3",
        "END_TO_END, 0, 5, -1"
    })
    void findsNumbersThatAreNone(Family family, int output, int channel, float value) {
        TestHead head = TestHeads.of(family, 96, 160);
        makeConfident(head, family);
        List<Detections> whole = onTheCard(head, ElementType.FLOAT32);
        assertThat(whole).doesNotContainNull();
        float[] numbers = head.numbers(output);
        int channels = channels(head, output);
        numbers[numbers.length / BATCH + channel] = value;
        assertThat(channel).isLessThan(channels);

        List<Detections> actual = onTheCard(head, ElementType.FLOAT32);

        assertThat(actual.get(0)).isNotNull();
        assertThat(actual.get(1) == null).isEqualTo(twin(head).get(1) == null);
        assertThat(actual.get(2)).isNotNull();
    }

    /** Gives the first anchor of the second image scores above all others. */
    private static void makeConfident(TestHead head, Family family) {
        List<Integer> outputs =
                switch (family) {
                    case YUNET -> List.of(0, 1);
                    case YUFACEDETECTNET -> List.of(1, 2);
                    default -> List.of(0);
                };
        for (int output : outputs) {
            float[] numbers = head.numbers(output);
            int first = numbers.length / BATCH;
            switch (family) {
                case YOLOV5 -> java.util.Arrays.fill(numbers, first + 4, first + 8, 0.99f);
                case YOLO5FACE -> numbers[first + 4] = numbers[first + 15] = 0.995f;
                case YOLOV7_POSE -> numbers[first + 4] = numbers[first + 5] = 0.995f;
                case END_TO_END -> numbers[first + 4] = 0.999f;
                case YUNET -> numbers[first] = 1;
                case YUFACEDETECTNET -> numbers[first + (output == 1 ? 1 : 0)] = 1;
                default -> numbers[first + 1] = 0.999f;
            }
        }
    }

    private static int channels(TestHead head, int output) {
        List<Integer> shape = head.signature(ElementType.FLOAT32).outputs().get(output).shape();
        return shape.get(2);
    }

    private void assertEqualsTwin(TestHead head, ElementType type, float tolerance) {
        if (type == ElementType.FLOAT16) {
            head.round();
        }
        List<Detections> actual = onTheCard(head, type);
        List<Detections> expected = twin(head);

        int count = 0;
        for (int image = 0; image < BATCH; image++) {
            Detections found = actual.get(image);
            Detections twin = expected.get(image);
            assertThat(found.count()).isEqualTo(twin.count());
            assertThat(found.keypointCount()).isEqualTo(head.model().keypointNames().size());
            assertThat(found.scores()).containsExactly(twin.scores(), within(tolerance / 1000));
            assertThat(found.classIds()).isEqualTo(twin.classIds());
            assertThat(found.boxes()).containsExactly(twin.boxes(), within(tolerance));
            assertThat(found.keypoints()).containsExactly(twin.keypoints(), within(tolerance));
            count += found.count();
        }
        assertThat(count).isPositive();
    }

    private static Letterbox letterbox(TestHead head) {
        return Letterbox.of(
                Scaling.CENTERED,
                FRAME_WIDTH,
                FRAME_HEIGHT,
                head.model().input().width(),
                head.model().input().height());
    }

    /** What the twin finds in each image; null where it rejects one. */
    private static List<Detections> twin(TestHead head) {
        Postprocessor postprocessor =
                Postprocessors.of(head.model(), head.signature(ElementType.FLOAT32));
        List<FloatBuffer> outputs = head.buffers();
        List<Detections> found = new ArrayList<>();
        for (int image = 0; image < BATCH; image++) {
            try {
                found.add(
                        postprocessor
                                .process(outputs, image, letterbox(head), head.model().thresholds())
                                .detections());
            } catch (FrameflowException e) {
                assertThat(e.code()).isEqualTo(FailureCode.NON_FINITE_OUTPUT);
                found.add(null);
            }
        }
        return found;
    }

    /** What the kernels leave of each image; null where they report numbers that are none. */
    private static List<Detections> onTheCard(TestHead head, ElementType type) {
        return onTheCard(head, type, letterbox(head));
    }

    private static List<Detections> onTheCard(
            TestHead head, ElementType type, Letterbox letterbox) {
        return onTheCard(head, type, letterbox, Collections.nCopies(BATCH, FrameSettings.DEFAULT));
    }

    private static List<Detections> onTheCard(
            TestHead head, ElementType type, Letterbox letterbox, List<FrameSettings> settings) {
        GpuHead layout = GpuHead.of(head.model(), head.signature(type));
        CudaDevice device = CudaDevice.open(0);
        List<DeviceBuffer> outputs = new ArrayList<>();
        try (Rollback all = new Rollback();
                CudaStream stream = new CudaStream();
                FrameDescriptors frames = new FrameDescriptors(BATCH);
                CandidateBuffers candidates = new CandidateBuffers(BATCH, layout.anchors())) {
            for (int output = 0; output < head.numbers().size(); output++) {
                ElementType own = head.isInteger(output) ? ElementType.INT32 : type;
                outputs.add(all.add(upload(head.numbers(output), own, stream)));
            }
            for (int image = 0; image < BATCH; image++) {
                frames.set(image, 0, 0, PictureLayout.RGB8, letterbox);
                frames.setThresholds(
                        image,
                        settings.get(image).scoreThreshold(),
                        settings.get(image).nmsIouThreshold());
            }
            NetworkOnCard network =
                    new NetworkOnCard(
                            device,
                            new KernelCache(cacheFolder),
                            head.signature(type),
                            outputs,
                            frames);
            GpuDetection detection =
                    all.add(
                            new GpuDetection(
                                    layout, network, candidates, BATCH, head.model().thresholds()));
            frames.upload(stream);
            candidates.clear(stream);
            detection.launch(stream);
            stream.synchronize();
            return read(head, detection);
        }
    }

    private static List<Detections> read(TestHead head, GpuDetection detection) {
        List<Detections> found = new ArrayList<>();
        for (int image = 0; image < BATCH; image++) {
            found.add(
                    detection.detections().isFinite(image)
                            ? detection
                                    .detections()
                                    .read(
                                            image,
                                            head.model().thresholds().classRules(),
                                            FRAME_HEIGHT)
                            : null);
        }
        return found;
    }

    private static DeviceBuffer upload(float[] numbers, ElementType type, CudaStream stream) {
        int size = type.bytes();
        try (Rollback rollback = new Rollback();
                PinnedBuffer host = new PinnedBuffer((long) numbers.length * size)) {
            for (int i = 0; i < numbers.length; i++) {
                switch (type) {
                    case FLOAT16 -> host.view().putShort(2 * i, HalfFloat.of(numbers[i]));
                    case INT32 -> host.view().putInt(4 * i, (int) numbers[i]);
                    default -> host.view().putFloat(4 * i, numbers[i]);
                }
            }
            DeviceBuffer buffer = rollback.add(new DeviceBuffer(host.bytes()));
            buffer.copyFrom(host, host.bytes(), stream);
            stream.synchronize();
            rollback.commit();
            return buffer;
        }
    }
}
