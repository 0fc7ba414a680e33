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
package io.frameflow.postprocess.segmentation;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.postprocess.Postprocessor;
import io.frameflow.result.ClassMap;
import io.frameflow.result.Findings;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Gives every pixel of the frame the class whose logit is greatest there, of equal ones the first.
 * The logits are interpolated bilinearly to the frame's pixels before they are compared, so that
 * outlines are as smooth as the network draws them. Twin of {@code class_map.cu}, with the same
 * arithmetic: first between rows, then between columns, in single precision.
 *
 * <p>Not thread-safe: it keeps memory for the next frame.
 */
public final class SegmentationPostprocessor implements Postprocessor {
    private final SegmentationOutput output;
    private final float[] upper;
    private final float[] lower;
    private float[] best = {};
    private byte[] classIds = {};

    /** For logits of this shape. */
    public SegmentationPostprocessor(SegmentationOutput output) {
        this.output = output;
        upper = new float[output.width()];
        lower = new float[output.width()];
    }

    @Override
    public Findings process(
            List<FloatBuffer> outputs,
            int image,
            Letterbox letterbox,
            DetectionThresholds thresholds) {
        int width = letterbox.sourceWidth();
        int height = letterbox.sourceHeight();
        takeMemory(width, height);
        LogitTaps columns = LogitTaps.columns(letterbox, output.width());
        LogitTaps rows = LogitTaps.rows(letterbox, output.height());
        FloatBuffer logits = outputs.get(0);
        int imageStart = image * output.classes() * output.height() * output.width();
        float check = 0;
        for (int y = 0; y < height; y++) {
            for (int classId = 0; classId < output.classes(); classId++) {
                int plane = imageStart + classId * output.height() * output.width();
                blendRows(logits, plane, rows, y);
                check += compareRow(classId, columns, y * width, width);
            }
        }
        if (check != 0) { // so is NaN, which infinities times 0 are
            throw new FrameflowException(
                    FailureCode.NON_FINITE_OUTPUT,
                    "the network's output for the frame is not finite: a logit is infinite or none");
        }
        return Findings.of(ClassMap.of(width, height, classIds));
    }

    private void takeMemory(int width, int height) {
        if (best.length < width) {
            best = new float[width];
        }
        if (classIds.length < width * height) {
            classIds = new byte[width * height];
        }
    }

    /** Leaves the logits of one class, interpolated to a row of the frame, in {@link #upper}. */
    private void blendRows(FloatBuffer logits, int plane, LogitTaps rows, int y) {
        logits.get(plane + rows.first(y) * output.width(), upper);
        logits.get(plane + rows.second(y) * output.width(), lower);
        float fraction = rows.fraction(y);
        for (int cell = 0; cell < upper.length; cell++) {
            upper[cell] = upper[cell] + (lower[cell] - upper[cell]) * fraction;
        }
    }

    /** Compares one class with the best before it; what it returns is 0 for finite logits. */
    private float compareRow(int classId, LogitTaps columns, int rowStart, int width) {
        float check = 0;
        for (int x = 0; x < width; x++) {
            float left = upper[columns.first(x)];
            float right = upper[columns.second(x)];
            float value = left + (right - left) * columns.fraction(x);
            check += value * 0;
            if (classId == 0 || value > best[x]) {
                best[x] = value;
                classIds[rowStart + x] = (byte) classId;
            }
        }
        return check;
    }
}
