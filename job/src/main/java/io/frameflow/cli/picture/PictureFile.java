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
package io.frameflow.cli.picture;

import io.frameflow.image.ImageEncoding;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds picture files and tells their encoding. */
public final class PictureFile {
    private static final Map<String, ImageEncoding> BY_EXTENSION =
            Map.of(
                    "jpg", ImageEncoding.JPEG,
                    "jpeg", ImageEncoding.JPEG,
                    "png", ImageEncoding.PNG);

    /** Pictures that FFmpeg can read, and that are no encoding of a frame. */
    private static final List<String> OTHERS =
            List.of("bmp", "gif", "tif", "tiff", "webp", "ppm", "pgm");

    private PictureFile() {}

    /** Whether a file is a picture, by its name. */
    public static boolean isPicture(Path file) {
        String extension = extension(file);
        return BY_EXTENSION.containsKey(extension) || OTHERS.contains(extension);
    }

    /**
     * Finds pictures.
     *
     * @param location a file, whatever its name; or a folder, whose pictures are listed in the
     *     order of their names
     * @throws IOException if there is no such file, or there are no pictures in the folder
     */
    public static List<Path> find(Path location) throws IOException {
        if (!Files.exists(location)) {
            throw new FileNotFoundException("there is no file or folder " + location);
        }
        if (!Files.isDirectory(location)) {
            return List.of(location);
        }
        try (Stream<Path> entries = Files.list(location)) {
            List<Path> files =
                    entries.filter(Files::isRegularFile)
                            .filter(PictureFile::isPicture)
                            .sorted()
                            .toList();
            if (files.isEmpty()) {
                throw new IOException(
                        "no pictures in the folder " + location + ": it needs .jpg or .png files");
            }
            return files;
        }
    }

    /**
     * The encoding by which a file can be handed on unchanged: by its first bytes, and if they are
     * none that is known, by its name, so that a damaged file is handed on as what it was.
     *
     * @return null if it is neither JPEG nor PNG
     */
    public static @Nullable ImageEncoding encoding(Path file, byte[] bytes) {
        if (startsWith(bytes, 0xff, 0xd8, 0xff)) {
            return ImageEncoding.JPEG;
        }
        if (startsWith(bytes, 0x89, 'P', 'N', 'G')) {
            return ImageEncoding.PNG;
        }
        return BY_EXTENSION.get(extension(file));
    }

    private static boolean startsWith(byte[] bytes, int... beginning) {
        for (int i = 0; i < beginning.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static String extension(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** The name of a PNG file that is made of a picture. */
    public static String pngName(Path picture) {
        String name = String.valueOf(picture.getFileName());
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name) + ".png";
    }
}
