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

/**
 * What the numbers of an SSD network mean.
 *
 * @param decoded whether boxes are {@code left, top, right, bottom} as parts of the input's sides;
 *     otherwise they are differences from priors, {@code dx, dy, dw, dh}: the centre moves by
 *     {@code dx * centerVariance} widths of the prior, and the width grows by the factor {@code
 *     exp(dw * sizeVariance)}
 * @param logits whether scores are logits, of which the softmax over all classes and the background
 *     is to be taken; otherwise they are probabilities
 * @param clipped whether boxes end at the edge of the input before they are compared
 * @param centerVariance see {@code decoded}
 * @param sizeVariance see {@code decoded}
 * @param mostGrowth limit of {@code dw * sizeVariance} and {@code dh * sizeVariance}
 */
public record SsdEncoding(
        boolean decoded,
        boolean logits,
        boolean clipped,
        float centerVariance,
        float sizeVariance,
        float mostGrowth) {
    /** Boxes with corners, and probabilities. */
    static final SsdEncoding CORNERS =
            new SsdEncoding(true, false, false, 1, 1, Float.POSITIVE_INFINITY);

    /** Differences from priors with the variances of the original SSD, and probabilities. */
    static final SsdEncoding PROBABILITIES =
            new SsdEncoding(false, false, false, 0.1f, 0.2f, Float.POSITIVE_INFINITY);

    /** Differences from priors as torchvision's box coder has them, logits, and clipped boxes. */
    static final SsdEncoding TORCHVISION =
            new SsdEncoding(false, true, true, 0.1f, 0.2f, (float) Math.log(1000.0 / 16));
}
