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
package io.frameflow.cli.evaluate.accuracy;

import io.frameflow.cli.picture.PictureFile;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.calibrate.CalibrationRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pictures to measure with: those that took part in a calibration are no measure of it.
 *
 * @param files the pictures that are left
 * @param leftOut how many took part in the calibration
 */
public record UnseenPictures(List<Path> files, int leftOut) {
    /** Copies the list. */
    public UnseenPictures {
        files = List.copyOf(files);
    }

    /**
     * Finds pictures and leaves out those that took part.
     *
     * @param locations files and folders
     * @param record what a calibration looked at; absent if there was none, or nothing is known
     * @throws IOException if there are no pictures, or all of them took part
     */
    public static UnseenPictures of(List<Path> locations, Optional<CalibrationRecord> record)
            throws IOException {
        Set<String> seen =
                record.map(known -> new HashSet<>(known.pictureSha256())).orElseGet(HashSet::new);
        List<Path> files = new ArrayList<>();
        int leftOut = 0;
        for (Path location : locations) {
            for (Path file : PictureFile.find(location)) {
                if (!seen.isEmpty() && seen.contains(Sha256.of(file))) {
                    leftOut++;
                } else {
                    files.add(file);
                }
            }
        }
        if (files.isEmpty()) {
            throw new IOException(
                    "all "
                            + leftOut
                            + " pictures took part in the calibration: give others, such as those"
                            + " that './frameflow calibrate --hold-back' keeps apart");
        }
        return new UnseenPictures(files, leftOut);
    }

    /** In words, for people. */
    public String summary() {
        return leftOut == 0
                ? files.size() + " pictures"
                : "%d pictures; %d more took part in the calibration and are left out"
                        .formatted(files.size(), leftOut);
    }
}
