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
package io.frameflow.operators.tracking;

import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Segmentation;
import io.frameflow.schema.Tensor;

/**
 * About how many bytes a frame has. Equal for equal frames, unlike the bytes themselves, which hold
 * durations: what is decided by it is decided the same in a replay.
 */
final class FrameWeight {
    private static final long FRAME = 256;
    private static final long OBJECT = 64;
    private static final long KEYPOINT = 32;
    private static final long CLASS = 32;

    private FrameWeight() {}

    /** Weight of a frame in about bytes; the largest number where it is more. */
    static int of(FrameDetections frame) {
        long sum = FRAME;
        for (DetectedObject object : frame.getObjects()) {
            sum += OBJECT;
            sum += object.getKeypoints() == null ? 0 : KEYPOINT * object.getKeypoints().size();
            sum += object.getMask() == null ? 0 : object.getMask().getCounts().length();
        }
        for (Tensor tensor : frame.getTensors()) {
            sum += tensor.getData().remaining();
        }
        Segmentation map = frame.getSegmentation();
        if (map != null) {
            sum += map.getRunLengthCode().remaining();
            sum += CLASS * map.getClasses().size();
        }
        return (int) Math.min(sum, Integer.MAX_VALUE);
    }
}
