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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder in which the pictures of a calibration are kept, each kind in a folder of its own. */
public final class KeptPictures {
    private static final String CALIBRATION = "calibration";
    private static final String HELD_BACK = "held-back";

    private KeptPictures() {}

    /**
     * Copies pictures.
     *
     * @throws IOException if they cannot be written, or others are there
     */
    public static void write(PictureSplit split, Path folder) throws IOException {
        copy(split.calibration(), folder.resolve(CALIBRATION));
        copy(split.heldBack(), folder.resolve(HELD_BACK));
    }

    /** Names tell the order, since pictures of several folders may have the same. */
    private static void copy(List<Path> pictures, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> there = Files.list(folder)) {
            if (there.findAny().isPresent()) {
                throw new IOException(
                        folder + " is not empty: name another folder for --keep-pictures");
            }
        }
        for (int i = 0; i < pictures.size(); i++) {
            String name = "%06d-%s".formatted(i, pictures.get(i).getFileName());
            Files.copy(pictures.get(i), folder.resolve(name));
        }
    }
}
