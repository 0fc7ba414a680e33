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
package io.frameflow.cli;

import io.frameflow.cli.picture.ClassMapFile;
import io.frameflow.cli.picture.PictureFile;
import io.frameflow.result.ClassMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The folders that {@code infer} writes class maps to, if any. */
final class MaskFolders {
    private final @Nullable Path plain;
    private final @Nullable Path colored;
    private final List<Integer> colors;
    private final Map<String, Path> written = new HashMap<>();

    /**
     * Makes the folders where they do not exist.
     *
     * @param plain for numbers of classes as levels of grey; null for none
     * @param colored for the same with a palette; null for none
     * @param colors asked for the palette if there is such a folder
     */
    MaskFolders(@Nullable Path plain, @Nullable Path colored, Supplier<List<Integer>> colors)
            throws IOException {
        this.plain = plain;
        this.colored = colored;
        this.colors = colored == null ? List.of() : colors.get();
        if (colored != null && this.colors.isEmpty()) {
            throw new IOException("the model file has no colors: add them, or write plain --masks");
        }
        if (plain != null) {
            Files.createDirectories(plain);
        }
        if (colored != null) {
            Files.createDirectories(colored);
        }
    }

    /** Writes the map of a picture, if maps are wanted. */
    void write(Path picture, Optional<ClassMap> classMap) throws IOException {
        if (plain == null && colored == null) {
            return;
        }
        ClassMap map =
                classMap.orElseThrow(
                        () ->
                                new IOException(
                                        "the model gives no class of every pixel: masks need one"
                                                + " with the task 'segmentation'"));
        String name = PictureFile.pngName(picture);
        Path before = written.putIfAbsent(name, picture);
        if (before != null) {
            throw new IOException(
                    "%s and %s would both be written as %s: run them apart, with other folders"
                            .formatted(before, picture, name));
        }
        if (plain != null) {
            ClassMapFile.write(map, plain.resolve(name));
        }
        if (colored != null) {
            ClassMapFile.writeColored(map, colors, colored.resolve(name));
        }
    }
}
