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
package io.frameflow.postprocess;

import io.frameflow.geometry.Letterbox;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Keypoints of the detections of one frame, in pixels of its source. Unlike boxes they do not end
 * at the frame's edge: a point may be known to lie outside. Where the network gives no scores for
 * keypoints, they have that of their object.
 */
final class KeypointColumns {
    private static final int NUMBERS = 3;

    private final KeypointReader reader;
    private final List<FloatBuffer> outputs;
    private final int image;
    private final float[] single;
    private final float[] all;

    /** Columns for at most {@code detections} detections of an image of a batch. */
    KeypointColumns(KeypointReader reader, List<FloatBuffer> outputs, int image, int detections) {
        this.reader = reader;
        this.outputs = outputs;
        this.image = image;
        this.single = new float[NUMBERS * reader.count()];
        this.all = new float[single.length * detections];
    }

    /**
     * Reads the keypoints of a candidate as those of the detection {@code place}.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code NON_FINITE_OUTPUT}
     */
    void read(int anchor, float objectScore, Letterbox letterbox, int place) {
        reader.read(outputs, image, anchor, single);
        int start = place * single.length;
        for (int i = 0; i < single.length; i += NUMBERS) {
            float score = reader.scored() ? single[i + 2] : objectScore;
            float sum = single[i] + single[i + 1] + score;
            if (!Float.isFinite(sum)) {
                throw NonFiniteOutput.at(anchor, "keypoint " + i / NUMBERS, sum);
            }
            all[start + i] = letterbox.toSourceX(single[i]);
            all[start + i + 1] = letterbox.toSourceY(single[i + 1]);
            all[start + i + 2] = score;
        }
    }

    /** Keypoints of each detection. */
    int perDetection() {
        return reader.count();
    }

    /** {@code x, y, score} of each keypoint of the first detections. */
    float[] of(int detections) {
        return java.util.Arrays.copyOf(all, single.length * detections);
    }
}
