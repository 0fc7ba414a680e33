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
package io.frameflow.cli.evaluate.denoise;

import io.frameflow.geometry.BoxOverlap;
import io.frameflow.result.Detections;

/**
 * How many of the objects that a detector finds in clean pictures it finds in others. Objects agree
 * if they have the same class and overlap by half (intersection over union); each counts once, best
 * scores first.
 */
final class DetectionAgreement {
    private static final float LEAST_OVERLAP = 0.5f;

    private long expected;
    private long found;
    private long agreeing;

    /** Adds a picture. */
    void add(Detections clean, Detections other) {
        boolean[] taken = new boolean[clean.count()];
        for (int i = 0; i < other.count(); i++) {
            int best = -1;
            float bestOverlap = LEAST_OVERLAP;
            for (int k = 0; k < clean.count(); k++) {
                if (!taken[k] && clean.classIds()[k] == other.classIds()[i]) {
                    float overlap = overlap(clean.boxes(), k, other.boxes(), i);
                    if (overlap >= bestOverlap) {
                        best = k;
                        bestOverlap = overlap;
                    }
                }
            }
            if (best >= 0) {
                taken[best] = true;
                agreeing++;
            }
        }
        expected += clean.count();
        found += other.count();
    }

    private static float overlap(float[] a, int i, float[] b, int k) {
        return BoxOverlap.iou(
                a[4 * i],
                a[4 * i + 1],
                a[4 * i] + a[4 * i + 2],
                a[4 * i + 1] + a[4 * i + 3],
                b[4 * k],
                b[4 * k + 1],
                b[4 * k] + b[4 * k + 2],
                b[4 * k + 1] + b[4 * k + 3]);
    }

    /** Objects in the clean pictures. */
    long expected() {
        return expected;
    }

    /** Share of the objects in clean pictures that were found, in percent. */
    double recall() {
        return expected == 0 ? 100 : 100.0 * agreeing / expected;
    }

    /** Share of what was found that is in the clean pictures, in percent. */
    double precision() {
        return found == 0 ? 100 : 100.0 * agreeing / found;
    }
}
