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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.engine.ElementType;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.Family;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.family.Postprocessors;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be seen without a card of the heads that kernels read. */
class GpuHeadTest {
    @ParameterizedTest
    @CsvSource({
        "YOLOV5, 16, 0",
        "YOLOV8_POSE, 16, 17",
        "YOLO5FACE, 16, 5",
        "YUNET, 1344, 5",
        "YUFACEDETECTNET, 3760, 5",
        "ULTRAFACE, 3760, 0"
    })
    void saysHowMuchRoomItNeeds(Family family, int anchors, int keypoints) {
        int width = family.name().startsWith("YOLO") ? 240 : 256;
        TestHead network = TestHeads.of(family, width, 256);

        GpuHead head = GpuHead.of(network.model(), network.signature(ElementType.FLOAT16));

        assertThat(head.anchors()).isEqualTo(anchors);
        assertThat(head.keypoints()).isEqualTo(keypoints);
    }

    /** The random outputs that the kernels are tested with are such that something is found. */
    @ParameterizedTest
    @EnumSource(
            value = Family.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SEGMENTATION", "TENSOR"})
    void testsWithOutputsThatTheTwinUnderstands(Family family) {
        TestHead head = TestHeads.of(family, 256, 256);

        Detections found =
                Postprocessors.of(head.model(), head.signature(ElementType.FLOAT32))
                        .process(
                                head.buffers(),
                                2,
                                Letterbox.of(Scaling.CENTERED, 256, 256, 256, 256),
                                head.model().thresholds())
                        .detections();

        assertThat(found.count()).isPositive();
        assertThat(found.keypointCount()).isEqualTo(head.model().keypointNames().size());
    }

    /** What PyTorch and torchvision found in the same outputs. */
    @ParameterizedTest
    @EnumSource(names = {"SSDLITE", "YOLOV8_POSE", "YOLOV7_POSE", "YOLOV3_RAW", "YOLOV5_RAW"})
    void theTwinFindsWhatTorchvisionFound(Family family) throws IOException {
        GoldenHead golden = GoldenHead.read(family);
        ModelFile model = golden.head().model();
        InputSpec input = model.input();

        Detections found =
                Postprocessors.of(model, golden.head().signature(ElementType.FLOAT32))
                        .process(
                                golden.head().buffers(),
                                golden.image(),
                                input.letterbox(input.width(), input.height()),
                                model.thresholds())
                        .detections();

        GoldenDetections.assertEqual(found, golden.detections());
    }

    /** A network that does not fit is refused before any frame is read, with what was expected. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "YOLOV5 | output0:4,100 | output0 float32[?, 4, 100]",
                "YOLOV5 | output0:100,9 | which is 4 classes",
                "YOLOV8 | output0:100 | outputs are [output0 float32[?, 100]]",
                "YOLOV7_POSE | output0:100,58 | [batch, candidates, 5 + 1 class + 3 * 17 keypoints]",
                "YOLOV8_POSE | output0:53,100 | [batch, 4 + 1 class + 3 * 17 keypoints, candidates]",
                "YOLO5FACE | output0:100,15 | [batch, candidates, 15 + 1 classes]",
                "YOLOV3_RAW | a:24,8,8;b:24,4,4 | 3 outputs, one for each list of head.anchors",
                "YOLOV3_RAW | a:24,32,32;b:24,16,16;c:24,9,9 | output is c float32[?, 24, 9, 9]",
                "YOLOV5_RAW | a:27,32,32;b:27,16,16;c:27,8,8 | (5 + 3 classes)",
                "END_TO_END | output0:300,7 | one output [batch, rows, 6]",
                "EFFICIENT_NMS | num_dets:1;det_boxes:9,4 | none of them is named 'det_scores'",
                "EFFICIENT_NMS | num_dets:1;det_boxes:9,5 | output is det_boxes float32[?, 9, 5]",
                "SSDLITE | cls_logits:2064,91;bbox_regression:9,4 | bbox_regression float32[?, 9, 4]",
                "SSDLITE | a:1 | none of them is named 'bbox_regression'",
                "ULTRAFACE | scores:3760,2;boxes:4420,4 | boxes [batch, 3760, 4] for an input of 256 x 256",
                "ULTRAFACE_RAW | scores:3760,3;boxes:3760,4 | output is scores float32[?, 3760, 3]",
                "YUNET | cls_8:1024,1 | none of them is named 'obj_8'",
                "YUNET | cls_8:1024,2 | output is cls_8 float32[?, 1024, 2]",
                "YUFACEDETECTNET | loc:9,14;conf:9,2;iou:9,1 | loc [batch, 3760, 14]"
            })
    void refusesAnotherNetwork(Family family, String outputs, String message) {
        TestHead fitting = TestHeads.of(family, 256, 256);
        TestHead other = TestHead.of(fitting.model());
        for (String output : outputs.split(";", -1)) {
            String[] parts = output.split(":", -1);
            int[] shape =
                    Arrays.stream(parts[1].split(",", -1)).mapToInt(Integer::parseInt).toArray();
            other.output(parts[0], new float[0], shape);
        }
        NetworkSignature signature = other.signature(ElementType.FLOAT32);

        for (ThrowingCallable opening :
                List.<ThrowingCallable>of(
                        () -> Postprocessors.of(fitting.model(), signature),
                        () -> GpuHead.of(fitting.model(), signature))) {
            assertThatThrownBy(opening)
                    .isInstanceOfSatisfying(
                            FrameflowException.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_MODEL))
                    .hasMessageContaining(message)
                    .hasMessageContaining("expected for family " + family.label() + " is");
        }
    }
}
