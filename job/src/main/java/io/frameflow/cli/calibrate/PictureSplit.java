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
package io.frameflow.cli.calibrate;

import java.nio.file.Path;
import java.util.List;

/**
 * Pictures for calibration, and pictures that are kept out of it to measure what it is worth. The
 * latter are the last ones: neighbours in a video are nearly the same picture, so that every tenth
 * would be no other than the nine before it.
 *
 * @param calibration pictures that take part
 * @param heldBack pictures that do not
 */
public record PictureSplit(List<Path> calibration, List<Path> heldBack) {
    private static final int PERCENT = 100;

    /** Copies the lists. */
    public PictureSplit {
        calibration = List.copyOf(calibration);
        heldBack = List.copyOf(heldBack);
    }

    /**
     * Splits pictures.
     *
     * @param percent how many of them are held back, 0 to 99, rounded down
     */
    public static PictureSplit of(List<Path> pictures, int percent) {
        if (percent < 0 || percent >= PERCENT) {
            throw new IllegalArgumentException(
                    "cannot hold back " + percent + " % of all pictures");
        }
        int end = pictures.size() - (int) ((long) pictures.size() * percent / PERCENT);
        return new PictureSplit(pictures.subList(0, end), pictures.subList(end, pictures.size()));
    }

    /** Number of pictures for calibration. */
    public int size() {
        return calibration.size();
    }
}
