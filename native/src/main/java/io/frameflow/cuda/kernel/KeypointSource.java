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

import io.frameflow.engine.ElementType;

/**
 * Where the keypoints of a batch's candidates lie on the card. Distances are in elements.
 *
 * @param address address of the first image's numbers; the memory is not owned
 * @param type type of an element
 * @param imageStride from one image to the next
 * @param anchorStride from one anchor to the next
 * @param channelStride from one number of an anchor to the next
 * @param firstChannel which number of an anchor is the first keypoint's x
 * @param keypoints keypoints of each anchor
 * @param numbers 2 for {@code x, y} of each keypoint, 3 for {@code x, y, score}; in pixels of the
 *     network's input
 */
public record KeypointSource(
        long address,
        ElementType type,
        int imageStride,
        int anchorStride,
        int channelStride,
        int firstChannel,
        int keypoints,
        int numbers) {}
