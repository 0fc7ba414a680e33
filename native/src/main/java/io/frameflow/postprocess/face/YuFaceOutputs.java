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
package io.frameflow.postprocess.face;

import io.frameflow.engine.NetworkSignature;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ScoreActivation;
import io.frameflow.postprocess.OutputContract;
import io.frameflow.postprocess.ssd.Priors;

/**
 * The outputs of YuFaceDetectNet, checked against the model file.
 *
 * @param location place of {@code loc} among the outputs, {@code [batch, priors, 14]}: differences
 *     from the prior of the box and of five landmarks
 * @param confidence place of {@code conf}, {@code [batch, priors, 2]}: background and face
 * @param overlap place of {@code iou}, {@code [batch, priors, 1]}: how well the box is thought to
 *     fit
 * @param logits whether the softmax over the two numbers of {@code conf} is still to be taken
 * @param priors what the boxes start from
 */
public record YuFaceOutputs(
        int location, int confidence, int overlap, boolean logits, Priors priors) {
    /** Landmarks of each face. */
    public static final int LANDMARKS = 5;

    /** Numbers of {@code loc} for each prior. */
    public static final int LOCATION = 14;

    /**
     * What a centre moves by is this part of the prior's side for each unit; so does a landmark.
     */
    public static final float CENTER_VARIANCE = 0.1f;

    /** The width's exponent for each unit. */
    public static final float WIDTH_VARIANCE = 0.1f;

    /** The height's exponent for each unit. */
    public static final float HEIGHT_VARIANCE = 0.2f;

    /**
     * The outputs for the input of a model file.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_MODEL} if the outputs are
     *     others, or the model file has more than one label
     */
    public static YuFaceOutputs of(ModelFile model, NetworkSignature signature) {
        int width = model.input().width();
        int height = model.input().height();
        Priors priors = Priors.yuFaceDetectNet(width, height);
        int count = priors.count();
        OutputContract contract =
                new OutputContract(
                        model,
                        signature,
                        "loc [batch, %d, 14], conf [batch, %d, 2] and iou [batch, %d, 1] for an"
                                        .formatted(count, count, count)
                                + " input of %d x %d".formatted(width, height));
        FaceLabels.check(model, contract);
        return new YuFaceOutputs(
                contract.named("loc", count, LOCATION),
                contract.named("conf", count, 2),
                contract.named("iou", count, 1),
                model.head().scoreActivation() == ScoreActivation.SOFTMAX,
                priors);
    }
}
