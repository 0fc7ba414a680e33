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

import io.frameflow.model.ClassRules;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.model.HeadOptions;
import io.frameflow.model.ObjectLimits;
import io.frameflow.model.ScoreActivation;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.postprocess.ssd.Priors;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Random outputs of every family for a batch of {@link #BATCH} images: boxes all over the input,
 * one anchor in eight confident, and equal scores common.
 */
final class TestHeads {
    static final int BATCH = 3;

    /**
     * Thresholds for each image of a batch: both, the overlap alone and the score alone. Each finds
     * another number of objects than {@link DetectionThresholds#DEFAULT} does in the outputs of
     * {@link #forFrameThresholds}, unless the network suppresses itself, which no overlap changes.
     */
    static final List<FrameSettings> FRAME_SETTINGS =
            List.of(
                    new FrameSettings(0.7f, 0.9f, null, false),
                    new FrameSettings(null, 0.05f, null, false),
                    new FrameSettings(0.002f, null, null, false));

    private static final DetectionThresholds THRESHOLDS = DetectionThresholds.DEFAULT;

    private TestHeads() {}

    /** A family with few classes; the sides of the input decide how many anchors there are. */
    static TestHead of(Family family, int width, int height) {
        return switch (family) {
            case YUNET -> yunet(width, height);
            case YUFACEDETECTNET -> yuFace(width, height, ScoreActivation.NONE);
            case ULTRAFACE, ULTRAFACE_RAW -> ultraFace(family, width, height);
            case YOLOV3_RAW, YOLOV5_RAW -> raw(family, width, height);
            case END_TO_END -> endToEnd(width, height, 1 + width * height / 4096);
            case EFFICIENT_NMS -> efficientNms(width, height, 1 + width * height / 4096);
            case SSDLITE -> ssdLite(width, height);
            default -> yolo(family, width, height, 1 + width * height / 4096);
        };
    }

    /**
     * A family with outputs in which {@link #FRAME_SETTINGS} show: with enough candidates that some
     * overlap, and few enough that the limit of detections does not hide what is left out.
     */
    static TestHead forFrameThresholds(Family family) {
        return switch (family) {
            case YOLOV5, YOLOV8, YOLOV7_POSE, YOLOV8_POSE, YOLO5FACE ->
                    yolo(family, 640, 640, 1000);
            case END_TO_END -> endToEnd(640, 640, 1000);
            case EFFICIENT_NMS -> efficientNms(640, 640, 1000);
            default -> of(family, 64, 64);
        };
    }

    /** A YOLO network with a number of anchors. */
    static TestHead yolo(Family family, int width, int height, int anchors) {
        int classes = family == Family.YOLOV5 || family == Family.YOLOV8 ? 3 : 1;
        return yolo(family, width, height, anchors, classes, THRESHOLDS);
    }

    static TestHead yolo(
            Family family,
            int width,
            int height,
            int anchors,
            int classes,
            DetectionThresholds thresholds) {
        int keypoints =
                switch (family) {
                    case YOLO5FACE -> 5;
                    case YOLOV7_POSE, YOLOV8_POSE -> 17;
                    default -> 0;
                };
        int pointNumbers = family == Family.YOLO5FACE ? 2 : 3;
        boolean rows = family != Family.YOLOV8 && family != Family.YOLOV8_POSE;
        int channels = 4 + (rows ? 1 : 0) + classes + pointNumbers * keypoints;
        Random random = new Random(31L * anchors + classes);
        float[] numbers = new float[BATCH * anchors * channels];
        for (int image = 0; image < BATCH; image++) {
            for (int anchor = 0; anchor < anchors; anchor++) {
                boolean confident = confident(random, anchors);
                for (int channel = 0; channel < channels; channel++) {
                    int at =
                            rows
                                    ? (image * anchors + anchor) * channels + channel
                                    : (image * channels + channel) * anchors + anchor;
                    numbers[at] =
                            channel < 2
                                    ? width * random.nextFloat()
                                    : channel < 4
                                            ? 5 + width * random.nextFloat() / 6
                                            : score(random, confident);
                }
            }
        }
        int[] shape = rows ? new int[] {anchors, channels} : new int[] {channels, anchors};
        HeadOptions options = HeadOptions.DEFAULT;
        return new TestHead(family, width, height, classes, keypoints, options, thresholds)
                .output("output0", numbers, shape);
    }

    private static boolean confident(Random random, int anchors) {
        return random.nextInt(8) == 0 || anchors < 8;
    }

    private static float score(Random random, boolean confident) {
        return confident ? 0.5f + random.nextInt(64) / 128f : 0.1f * random.nextFloat();
    }

    private static float[] scores(Random random, int anchors) {
        float[] scores = new float[BATCH * anchors];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(random, confident(random, anchors));
        }
        return scores;
    }

    private static float[] around(Random random, int count, float spread) {
        float[] numbers = new float[BATCH * count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = spread * (2 * random.nextFloat() - 1);
        }
        return numbers;
    }

    static TestHead yunet(int width, int height) {
        Random random = new Random(width * 31L + height);
        TestHead head =
                new TestHead(Family.YUNET, width, height, 1, 5, HeadOptions.DEFAULT, THRESHOLDS);
        for (int stride : new int[] {8, 16, 32}) {
            int cells = width / stride * (height / stride);
            float[] faces = scores(random, cells);
            head.output("cls_" + stride, faces, cells, 1);
            float[] objects = faces.clone();
            for (int i = 0; i < objects.length; i++) {
                objects[i] *= 1.2f;
            }
            head.output("obj_" + stride, objects, cells, 1);
            head.output("bbox_" + stride, around(random, 4 * cells, 1), cells, 4);
            head.output("kps_" + stride, around(random, 10 * cells, 2), cells, 10);
        }
        return head;
    }

    static TestHead yuFace(int width, int height, ScoreActivation activation) {
        Random random = new Random(width * 31L + height);
        int priors = Priors.yuFaceDetectNet(width, height).count();
        float[] scores = scores(random, 2 * priors);
        if (activation == ScoreActivation.SOFTMAX) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = 12 * scores[i] - 6;
            }
        }
        return new TestHead(
                        Family.YUFACEDETECTNET,
                        width,
                        height,
                        1,
                        5,
                        new HeadOptions(activation, HeadOptions.COCO_ANCHORS),
                        THRESHOLDS)
                .output("loc", around(random, 14 * priors, 3), priors, 14)
                .output("conf", scores, priors, 2)
                .output("iou", scores(random, priors), priors, 1);
    }

    private static TestHead ultraFace(Family family, int width, int height) {
        Random random = new Random(width * 31L + height);
        int priors = Priors.ultraFace(width, height).count();
        float[] boxes = around(random, 4 * priors, 1);
        if (family == Family.ULTRAFACE) {
            for (int i = 0; i < boxes.length; i += 2) {
                float center = 0.5f + boxes[i] / 2;
                boxes[i] = center;
                boxes[i + 1] = center;
            }
            for (int i = 0; i < boxes.length; i += 4) {
                boxes[i + 2] = boxes[i] + 0.2f * random.nextFloat();
                boxes[i + 3] = boxes[i + 1] + 0.2f * random.nextFloat();
            }
        }
        return new TestHead(family, width, height, 1, 0, HeadOptions.DEFAULT, THRESHOLDS)
                .output("scores", scores(random, 2 * priors), priors, 2)
                .output("boxes", boxes, priors, 4);
    }

    /** Logits of which few are high; the first layout for YOLOv3, the second for YOLOv5. */
    private static TestHead raw(Family family, int width, int height) {
        Random random = new Random(width * 31L + height);
        int classes = 3;
        int channels = 5 + classes;
        TestHead head =
                new TestHead(family, width, height, classes, 0, HeadOptions.DEFAULT, THRESHOLDS);
        for (int stride : new int[] {32, 8, 16}) {
            int columns = width / stride;
            int rows = height / stride;
            float[] numbers = around(random, 3 * channels * columns * rows, 3);
            int[] shape =
                    family == Family.YOLOV3_RAW
                            ? new int[] {3 * channels, rows, columns}
                            : new int[] {3, rows, columns, channels};
            head.output("map" + stride, numbers, shape);
        }
        return head;
    }

    static TestHead endToEnd(int width, int height, int rows) {
        Random random = new Random(31L * rows);
        float[] numbers = new float[BATCH * rows * 6];
        for (int i = 0; i < numbers.length; i += 6) {
            corners(random, width, height, numbers, i);
            numbers[i + 4] = score(random, confident(random, rows));
            numbers[i + 5] = random.nextInt(3);
        }
        return new TestHead(Family.END_TO_END, width, height, 3, 0, HeadOptions.DEFAULT, THRESHOLDS)
                .output("output0", numbers, rows, 6);
    }

    static TestHead efficientNms(int width, int height, int rows) {
        Random random = new Random(31L * rows);
        float[] boxes = new float[BATCH * rows * 4];
        float[] classIds = new float[BATCH * rows];
        for (int i = 0; i < classIds.length; i++) {
            corners(random, width, height, boxes, 4 * i);
            classIds[i] = random.nextInt(3);
        }
        float[] scores = scores(random, rows);
        scores[2 * rows] = 0.9f; // something is found in the last image, too
        int half = (rows + 1) / 2;
        float[] counts = {rows, 1, half};
        return new TestHead(
                        Family.EFFICIENT_NMS, width, height, 3, 0, HeadOptions.DEFAULT, THRESHOLDS)
                .integers("num_dets", counts, 1)
                .output("det_boxes", boxes, rows, 4)
                .output("det_scores", scores, rows)
                .integers("det_classes", classIds, rows);
    }

    private static void corners(Random random, int width, int height, float[] boxes, int at) {
        boxes[at] = width * random.nextFloat();
        boxes[at + 1] = height * random.nextFloat();
        boxes[at + 2] = boxes[at] + 1 + width * random.nextFloat() / 4;
        boxes[at + 3] = boxes[at + 1] + 1 + height * random.nextFloat() / 4;
    }

    private static TestHead ssdLite(int width, int height) {
        Random random = new Random(width * 31L + height);
        int priors = Priors.ssdLite(width, height).count();
        return new TestHead(Family.SSDLITE, width, height, 9, 0, HeadOptions.DEFAULT, THRESHOLDS)
                .output("bbox_regression", around(random, 4 * priors, 3), priors, 4)
                .output("cls_logits", around(random, 10 * priors, 3), priors, 10);
    }

    /** Thresholds of which one class has a higher one, one a lower one, and one is left out. */
    static DetectionThresholds byClass() {
        return new DetectionThresholds(
                0.5f,
                0.45f,
                100,
                false,
                new ClassRules(
                        new ObjectLimits(20, 0, 0, 0, 0, 0),
                        Map.of(),
                        Map.of(0, 0.8f, 1, 0.3f),
                        Set.of(2)));
    }
}
