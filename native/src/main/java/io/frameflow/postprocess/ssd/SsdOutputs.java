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
package io.frameflow.postprocess.ssd;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.engine.TensorInfo;
import io.frameflow.model.ModelFile;
import io.frameflow.postprocess.OutputContract;

/**
 * The outputs of an SSD network, checked against the model file.
 *
 * @param boxes place of the boxes among the outputs: {@code [batch, priors, 4]}
 * @param scores place of the scores: {@code [batch, priors, 1 + classes]}, that of the background
 *     first
 * @param priors what the boxes start from
 * @param classes classes without the background
 * @param encoding what the numbers mean
 * @param inputWidth width of the network's input in pixels
 * @param inputHeight height of the network's input in pixels
 */
public record SsdOutputs(
        int boxes,
        int scores,
        Priors priors,
        int classes,
        SsdEncoding encoding,
        int inputWidth,
        int inputHeight) {
    private static final int BOX = 4;

    /**
     * The outputs that the model file's family has.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL} if the outputs are
     *     others, or are for another number of classes than the model file has labels
     * @throws IllegalArgumentException if the family is no SSD
     */
    public static SsdOutputs of(ModelFile model, NetworkSignature signature) {
        int width = model.input().width();
        int height = model.input().height();
        return switch (model.family()) {
            case ULTRAFACE ->
                    ultraFace(
                            model, signature, Priors.ultraFace(width, height), SsdEncoding.CORNERS);
            case ULTRAFACE_RAW ->
                    ultraFace(
                            model,
                            signature,
                            Priors.ultraFace(width, height),
                            SsdEncoding.PROBABILITIES);
            case SSDLITE -> ssdLite(model, signature, Priors.ssdLite(width, height));
            default -> throw new IllegalArgumentException("not such a family: " + model.family());
        };
    }

    private static SsdOutputs ultraFace(
            ModelFile model, NetworkSignature signature, Priors priors, SsdEncoding encoding) {
        int count = priors.count();
        OutputContract contract =
                new OutputContract(
                        model,
                        signature,
                        "scores [batch, %d, 2] and boxes [batch, %d, 4] for an input of %d x %d"
                                .formatted(
                                        count,
                                        count,
                                        model.input().width(),
                                        model.input().height()));
        int boxes = contract.named("boxes", count, BOX);
        int scores = contract.named("scores", count, 2);
        return new SsdOutputs(
                        boxes,
                        scores,
                        priors,
                        1,
                        encoding,
                        model.input().width(),
                        model.input().height())
                .checked(model, contract, signature.outputs().get(scores));
    }

    private static SsdOutputs ssdLite(ModelFile model, NetworkSignature signature, Priors priors) {
        int count = priors.count();
        int width = model.input().width();
        int height = model.input().height();
        String classes = model.labels().isEmpty() ? "classes" : model.labels().size() + " classes";
        OutputContract contract =
                new OutputContract(
                        model,
                        signature,
                        "bbox_regression [batch, %d, 4] and cls_logits [batch, %d, 1 + %s] for an input of %d x %d"
                                .formatted(count, count, classes, width, height));
        int boxes = contract.named("bbox_regression", count, BOX);
        int scores = contract.named("cls_logits");
        TensorInfo logits = signature.outputs().get(scores);
        if (logits.rank() != 3 || logits.dimension(1) != count || logits.dimension(2) < 2) {
            throw contract.unfit(logits);
        }
        int found = logits.dimension(2) - 1;
        return new SsdOutputs(boxes, scores, priors, found, SsdEncoding.TORCHVISION, width, height)
                .checked(model, contract, logits);
    }

    private SsdOutputs checked(ModelFile model, OutputContract contract, TensorInfo output) {
        int labels = model.labels().size();
        if (labels > 0 && labels != classes) {
            throw contract.unfit(
                    "output is %s, which is the background and %d classes, but there are %d labels"
                            .formatted(output, classes, labels));
        }
        return this;
    }
}
