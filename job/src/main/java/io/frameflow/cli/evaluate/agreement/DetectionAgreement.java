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
package io.frameflow.cli.evaluate.agreement;

import io.frameflow.geometry.BoxOverlap;
import io.frameflow.result.Detections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the objects of two engines agree. Objects of the same class are matched greedily, the
 * first engine's best score first, each with the one that it overlaps most, if by half or more and
 * if that is not taken yet.
 */
final class DetectionAgreement {
    private static final float LEAST_OVERLAP = 0.5f;
    private static final double PERCENT = 100;

    private final Spread scores = new Spread();
    private final Spread positions = new Spread();
    private final Spread keypoints = new Spread();
    private long first;
    private long second;
    private long matched;

    /** Adds what both engines found in a picture. */
    void add(Detections one, Detections other) {
        first += one.count();
        second += other.count();
        boolean[] taken = new boolean[other.count()];
        for (int i = 0; i < one.count(); i++) {
            int match = mostOverlapping(one, i, other, taken);
            if (match >= 0) {
                taken[match] = true;
                compare(one, i, other, match);
            }
        }
    }

    private static int mostOverlapping(
            Detections one, int object, Detections other, boolean[] taken) {
        float most = LEAST_OVERLAP;
        int found = -1;
        for (int i = 0; i < other.count(); i++) {
            if (!taken[i] && other.classIds()[i] == one.classIds()[object]) {
                float overlap = overlap(one.boxes(), 4 * object, other.boxes(), 4 * i);
                if (overlap > most || (found < 0 && overlap == most)) {
                    most = overlap;
                    found = i;
                }
            }
        }
        return found;
    }

    private static float overlap(float[] a, int i, float[] b, int j) {
        return BoxOverlap.iou(
                a[i],
                a[i + 1],
                a[i] + a[i + 2],
                a[i + 1] + a[i + 3],
                a[i + 2] * a[i + 3],
                b[j],
                b[j + 1],
                b[j] + b[j + 2],
                b[j + 1] + b[j + 3],
                b[j + 2] * b[j + 3]);
    }

    private void compare(Detections one, int i, Detections other, int j) {
        matched++;
        scores.add(Math.abs(one.scores()[i] - other.scores()[j]));
        positions.add(greatestSideDifference(one.boxes(), 4 * i, other.boxes(), 4 * j));
        int points = Math.min(one.keypointCount(), other.keypointCount());
        for (int point = 0; point < points; point++) {
            int a = 3 * (i * one.keypointCount() + point);
            int b = 3 * (j * other.keypointCount() + point);
            keypoints.add(
                    Math.hypot(
                            one.keypoints()[a] - other.keypoints()[b],
                            one.keypoints()[a + 1] - other.keypoints()[b + 1]));
        }
    }

    private static double greatestSideDifference(float[] a, int i, float[] b, int j) {
        double greatest = 0;
        for (int axis = 0; axis < 2; axis++) {
            double near = Math.abs(a[i + axis] - b[j + axis]);
            double far = Math.abs(a[i + axis] + a[i + axis + 2] - b[j + axis] - b[j + axis + 2]);
            greatest = Math.max(greatest, Math.max(near, far));
        }
        return greatest;
    }

    /** Whether either engine found anything. */
    boolean isEmpty() {
        return first + second == 0;
    }

    /** Puts the figures. */
    void put(Map<String, @Nullable Object> figures) {
        figures.put("detections", first);
        figures.put("otherDetections", second);
        figures.put("matched", matched);
        figures.put("agreement", isEmpty() ? null : PERCENT * 2 * matched / (first + second));
        scores.put(figures, "ScoreDifference");
        positions.put(figures, "BoxDifference");
        keypoints.put(figures, "KeypointDistance");
    }
}
