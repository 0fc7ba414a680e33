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
package io.frameflow.postprocess.yolo;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.OutputContract;

/**
 * The one output of a YOLO network with its head in the graph, checked against the model file.
 * Every candidate begins with {@code centre x, centre y, width, height}, in pixels of the input.
 *
 * @param anchors candidates that it proposes for each image
 * @param channels numbers of each candidate
 * @param rows whether the numbers of a candidate lie together ({@code [batch, anchors, channels]}),
 *     or those of a channel ({@code [batch, channels, anchors]})
 * @param objectness channel of the objectness; {@link #NONE} where there is none
 * @param firstClass channel of the first class's score
 * @param classes classes that it tells apart
 * @param firstKeypoint channel of the first keypoint's x
 * @param keypoints keypoints of each candidate; 0 where there are none
 * @param keypointNumbers 2 for {@code x, y} of each keypoint, 3 for {@code x, y, score}
 */
public record YoloOutput(
        int anchors,
        int channels,
        boolean rows,
        int objectness,
        int firstClass,
        int classes,
        int firstKeypoint,
        int keypoints,
        int keypointNumbers) {
    /** No channel. */
    public static final int NONE = -1;

    private static final int BOX = 4;
    private static final int FIVE_LANDMARKS = 10;
    private static final int LANDMARKS = 5;
    private static final int SCORED_KEYPOINT = 3;

    /**
     * The output that the model file's family has.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL} if the outputs are
     *     others, or are for another number of classes or keypoints than the model file has names
     * @throws IllegalArgumentException if the family has other outputs
     */
    public static YoloOutput of(ModelFile model, NetworkSignature signature) {
        return switch (model.family()) {
            case YOLOV5 -> v5(model, signature);
            case YOLOV8 -> v8(model, signature);
            case YOLOV7_POSE -> v7Pose(model, signature);
            case YOLOV8_POSE -> v8Pose(model, signature);
            case YOLO5FACE -> yolo5Face(model, signature);
            default -> throw new IllegalArgumentException("not such a family: " + model.family());
        };
    }

    private static YoloOutput v5(ModelFile model, NetworkSignature signature) {
        var contract =
                contract(model, signature, "[batch, candidates, 5 + " + classes(model) + "]");
        TensorInfo output = contract.single();
        int channels = output.dimension(2);
        return rows(output, BOX + 1, channels - BOX - 1, channels, 0, 0)
                .checked(model, contract, output);
    }

    private static YoloOutput v8(ModelFile model, NetworkSignature signature) {
        var contract =
                contract(model, signature, "[batch, 4 + " + classes(model) + ", candidates]");
        TensorInfo output = contract.single();
        int channels = output.dimension(1);
        return columns(output, channels - BOX, channels, 0).checked(model, contract, output);
    }

    private static YoloOutput v7Pose(ModelFile model, NetworkSignature signature) {
        var contract =
                contract(
                        model,
                        signature,
                        "[batch, candidates, 5 + %s + 3 * %s]"
                                .formatted(poseClasses(model), keypoints(model)));
        TensorInfo output = contract.single();
        int classes = Math.max(1, model.labels().size());
        int firstKeypoint = BOX + 1 + classes;
        int keypoints =
                scoredKeypoints(model, contract, output, output.dimension(2) - firstKeypoint);
        return rows(output, BOX + 1, classes, firstKeypoint, keypoints, SCORED_KEYPOINT)
                .checked(model, contract, output);
    }

    private static YoloOutput v8Pose(ModelFile model, NetworkSignature signature) {
        var contract =
                contract(
                        model,
                        signature,
                        "[batch, 4 + %s + 3 * %s, candidates]"
                                .formatted(poseClasses(model), keypoints(model)));
        TensorInfo output = contract.single();
        int classes = Math.max(1, model.labels().size());
        int firstKeypoint = BOX + classes;
        int keypoints =
                scoredKeypoints(model, contract, output, output.dimension(1) - firstKeypoint);
        return columns(output, classes, firstKeypoint, keypoints).checked(model, contract, output);
    }

    private static YoloOutput yolo5Face(ModelFile model, NetworkSignature signature) {
        var contract =
                contract(model, signature, "[batch, candidates, 15 + " + classes(model) + "]");
        TensorInfo output = contract.single();
        int firstClass = BOX + 1 + FIVE_LANDMARKS;
        int classes = output.dimension(2) - firstClass;
        return rows(output, firstClass, classes, BOX + 1, LANDMARKS, 2)
                .checked(model, contract, output);
    }

    private static OutputContract contract(
            ModelFile model, NetworkSignature signature, String shape) {
        return new OutputContract(model, signature, "one output " + shape);
    }

    private static String classes(ModelFile model) {
        return model.labels().isEmpty() ? "classes" : model.labels().size() + " classes";
    }

    private static String poseClasses(ModelFile model) {
        int labels = model.labels().size();
        return labels > 1 ? labels + " classes" : "1 class";
    }

    private static String keypoints(ModelFile model) {
        int names = model.keypointNames().size();
        return names == 0 ? "keypoints" : names + " keypoints";
    }

    private static int scoredKeypoints(
            ModelFile model, OutputContract contract, TensorInfo output, int numbers) {
        int names = model.keypointNames().size();
        boolean fits =
                numbers > 0
                        && numbers % SCORED_KEYPOINT == 0
                        && (names == 0 || numbers == SCORED_KEYPOINT * names);
        if (!fits) {
            throw contract.unfit(output);
        }
        return numbers / SCORED_KEYPOINT;
    }

    private static YoloOutput rows(
            TensorInfo output,
            int firstClass,
            int classes,
            int firstKeypoint,
            int keypoints,
            int keypointNumbers) {
        return new YoloOutput(
                output.dimension(1),
                output.dimension(2),
                true,
                BOX,
                firstClass,
                classes,
                firstKeypoint,
                keypoints,
                keypointNumbers);
    }

    private static YoloOutput columns(
            TensorInfo output, int classes, int firstKeypoint, int keypoints) {
        return new YoloOutput(
                output.dimension(2),
                output.dimension(1),
                false,
                NONE,
                BOX,
                classes,
                firstKeypoint,
                keypoints,
                SCORED_KEYPOINT);
    }

    private YoloOutput checked(ModelFile model, OutputContract contract, TensorInfo output) {
        int labels = model.labels().size();
        if (classes < 1) {
            throw contract.unfit(output);
        }
        if (labels > 0 && labels != classes) {
            throw contract.unfit("output is " + output + ", which is " + classes + " classes");
        }
        // The other layout has few long rows instead of many short ones.
        if (labels == 0 && classes > anchors) {
            throw contract.unfit(
                    "output is %s, which is %d classes and only %d candidates"
                            .formatted(output, classes, anchors));
        }
        return this;
    }

    /** Distance between the same number of two candidates. */
    public int anchorStride() {
        return rows ? channels : 1;
    }

    /** Distance between two numbers of one candidate. */
    public int channelStride() {
        return rows ? 1 : anchors;
    }
}
