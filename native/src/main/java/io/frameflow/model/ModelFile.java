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

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model file as read and checked: everything that must be known about a network besides its
 * weights. {@code docs/model-file.md} describes the format.
 *
 * @param name name of the model in results
 * @param version version of the model in results; where there is none, results carry the beginning
 *     of the network's SHA-256
 * @param task what the network finds
 * @param family how its outputs are laid out
 * @param onnx the network
 * @param input how it is fed
 * @param thresholds which candidates become detections
 * @param head what the family leaves open about the outputs
 * @param labels name of each class, by class id; empty if the file names none
 * @param keypointNames name of each keypoint; empty for families without
 * @param colors colour of each class as {@code 0xRRGGBB}, by class id, for pictures of class maps;
 *     empty if the file names none
 * @param outputTensors names of the outputs that go into results as they are, in this order; empty
 *     for none, which for the family {@link Family#TENSOR} means all
 * @param onnxRuntime options of the engine on the CPU
 */
public record ModelFile(
        String name,
        Optional<String> version,
        Task task,
        Family family,
        Path onnx,
        InputSpec input,
        DetectionThresholds thresholds,
        HeadOptions head,
        List<String> labels,
        List<String> keypointNames,
        List<Integer> colors,
        List<String> outputTensors,
        OnnxRuntimeOptions onnxRuntime) {

    /** Copies the lists. */
    public ModelFile {
        labels = List.copyOf(labels);
        keypointNames = List.copyOf(keypointNames);
        colors = List.copyOf(colors);
        outputTensors = List.copyOf(outputTensors);
    }

    /** The same file for a network whose outputs are laid out otherwise. */
    public ModelFile withFamily(Family other) {
        return new ModelFile(
                name,
                version,
                task,
                other,
                onnx,
                input,
                thresholds,
                head,
                labels,
                keypointNames,
                colors,
                outputTensors,
                onnxRuntime);
    }

    /** The same file for a network in another place. */
    public ModelFile withNetwork(Path file) {
        return new ModelFile(
                name,
                version,
                task,
                family,
                file,
                input,
                thresholds,
                head,
                labels,
                keypointNames,
                colors,
                outputTensors,
                onnxRuntime);
    }

    /**
     * The same file for the same network of YOLOv5 without its head.
     *
     * @param anchors width and height of each anchor in pixels, a list for each scale
     */
    public ModelFile withoutHead(List<List<Double>> anchors) {
        return new ModelFile(
                name,
                version,
                task,
                Family.YOLOV5_RAW,
                onnx,
                input,
                thresholds,
                new HeadOptions(head.scoreActivation(), anchors),
                labels,
                keypointNames,
                colors,
                outputTensors,
                onnxRuntime);
    }
}
