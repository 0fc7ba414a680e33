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
package io.frameflow.model;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** Networks whose outputs are laid out alike, and which one decoder can read. */
public enum Family {
    /**
     * YOLOv5 with the head in the graph: one output of {@code [batch, candidates, 5 + classes]},
     * each candidate {@code centre x, centre y, width, height, objectness, score of each class}, in
     * pixels of the input.
     */
    YOLOV5(Task.DETECTION, 0),
    /**
     * YOLOv8 and its successors with the head in the graph: one output of {@code [batch, 4 +
     * classes, candidates]}, each candidate a column of {@code centre x, centre y, width, height,
     * score of each class}, in pixels of the input.
     */
    YOLOV8(Task.DETECTION, 0),
    /**
     * YOLOv3 without its head in the graph: for each scale the output of its last convolution,
     * {@code [batch, anchors * (5 + classes), rows, columns]} or {@code [batch, anchors, rows,
     * columns, 5 + classes]}: {@code x, y, width, height, objectness, score of each class} before
     * the logistic function. Width and height are exponents.
     */
    YOLOV3_RAW(Task.DETECTION, 0),
    /**
     * YOLOv5 without its head in the graph: the outputs of {@link #YOLOV3_RAW}, but width and
     * height are {@code (2 * logistic)^2} and centres reach half a cell beyond their own.
     */
    YOLOV5_RAW(Task.DETECTION, 0),
    /**
     * Detectors that suppress in the graph and give one row a detection: one output of {@code
     * [batch, rows, 6]}, each {@code left, top, right, bottom, score, class}, in pixels of the
     * input (YOLOv10, YOLO26, Ultralytics' exports with {@code nms=True}).
     */
    END_TO_END(Task.DETECTION, 0),
    /**
     * Detectors that end in TensorRT's EfficientNMS plugin: {@code num_dets [batch, 1]}, {@code
     * det_boxes [batch, rows, 4]}, {@code det_scores [batch, rows]} and {@code det_classes [batch,
     * rows]}, boxes as corners in pixels of the input.
     */
    EFFICIENT_NMS(Task.DETECTION, 0),
    /**
     * torchvision's SSDLite320 with MobileNetV3: {@code bbox_regression [batch, priors, 4]} and
     * {@code cls_logits [batch, priors, 1 + classes]}.
     */
    SSDLITE(Task.DETECTION, 0),
    /**
     * YOLOv7-pose with the head in the graph: the rows of {@link #YOLOV5}, with one class as a
     * rule, and behind them {@code x, y, score} of each keypoint.
     */
    YOLOV7_POSE(Task.POSE, -1),
    /**
     * YOLOv8-pose and its successors: the columns of {@link #YOLOV8}, with one class as a rule, and
     * below them {@code x, y, score} of each keypoint.
     */
    YOLOV8_POSE(Task.POSE, -1),
    /**
     * YOLO5Face with the head in the graph: one output of {@code [batch, candidates, 15 +
     * classes]}, each candidate {@code centre x, centre y, width, height, objectness}, {@code x, y}
     * of five landmarks, and the score of each class, in pixels of the input.
     */
    YOLO5FACE(Task.FACE, 5),
    /**
     * YuNet in the form of 2023: for each of the strides 8, 16 and 32 the outputs {@code cls},
     * {@code obj}, {@code bbox} and {@code kps} over the cells of its grid.
     */
    YUNET(Task.FACE, 5),
    /**
     * YuFaceDetectNet, YuNet's predecessor: {@code loc [batch, priors, 14]}, {@code conf [batch,
     * priors, 2]} and {@code iou [batch, priors, 1]} over priors of four strides.
     */
    YUFACEDETECTNET(Task.FACE, 5),
    /**
     * UltraFace with decoding in the graph: {@code scores [batch, priors, 2]} and {@code boxes
     * [batch, priors, 4]}, the corners of each box as parts of the input's sides.
     */
    ULTRAFACE(Task.FACE, 0),
    /**
     * UltraFace without decoding in the graph: the outputs of {@link #ULTRAFACE}, but each box as
     * its difference from a prior.
     */
    ULTRAFACE_RAW(Task.FACE, 0),
    /**
     * Semantic segmentation: a first output {@code [batch, classes, height, width]} with the logit
     * of each class, over the input's pixels or coarser cells.
     */
    SEGMENTATION(Task.SEGMENTATION, 0),
    /** Any network: its outputs are handed on and not read. */
    TENSOR(Task.TENSOR, 0);

    private final Task task;
    private final int keypoints;

    Family(Task task, int keypoints) {
        this.task = task;
        this.keypoints = keypoints;
    }

    /** The tasks that networks of this family exist for. */
    public Set<Task> tasks() {
        return Set.of(task);
    }

    /** Keypoints of each object; empty where it depends on the network. */
    public OptionalInt keypoints() {
        return keypoints < 0 ? OptionalInt.empty() : OptionalInt.of(keypoints);
    }

    /**
     * Whether networks of this family find objects, which thresholds and class rules choose from.
     */
    public boolean findsObjects() {
        return task != Task.SEGMENTATION && task != Task.TENSOR;
    }

    /** What both sides of the input must be a multiple of, in pixels. */
    public int inputMultiple() {
        return switch (this) {
            case YUNET, YUFACEDETECTNET -> 32;
            default -> 1;
        };
    }

    /** Whether its networks suppress overlapping boxes themselves. */
    public boolean suppressesItself() {
        return this == END_TO_END || this == EFFICIENT_NMS;
    }

    /** Whether the model file can name the anchors that its networks start from. */
    public boolean hasAnchors() {
        return this == YOLOV3_RAW || this == YOLOV5_RAW;
    }

    /** The name as it stands in model files and messages: {@code yolov8-pose}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
