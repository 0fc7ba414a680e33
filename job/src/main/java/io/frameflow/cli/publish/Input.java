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
package io.frameflow.cli.publish;

import io.frameflow.cli.picture.PictureFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where pictures come from.
 *
 * @param kind what it is
 * @param location path or address
 */
public record Input(Kind kind, String location) {

    /** What pictures come from. */
    public enum Kind {
        /** A picture file, or a folder of them: without times. */
        PICTURES,
        /** A video file, with times. */
        VIDEO,
        /** A camera or a network stream, which sets the speed itself. */
        LIVE
    }

    /** Tells what a path or an address stands for; a file need not exist yet. */
    public static Input parse(String location) {
        if (location.contains("://") || location.startsWith("/dev/video")) {
            return new Input(Kind.LIVE, location);
        }
        Path path = Path.of(location);
        boolean pictures = Files.isDirectory(path) || PictureFile.isPicture(path);
        return new Input(pictures ? Kind.PICTURES : Kind.VIDEO, location);
    }

    /**
     * Finds out, before anything else is begun, whether files and folders are there.
     *
     * @throws FileNotFoundException if they are not
     */
    public void requirePresent() throws FileNotFoundException {
        if (kind != Kind.LIVE && !Files.exists(Path.of(location))) {
            throw new FileNotFoundException("there is no file or folder " + location);
        }
    }

    /** Opens it from its beginning. */
    public PictureSource open(PictureFormat format) throws IOException {
        if (kind == Kind.LIVE) {
            return new VideoPictures(location, format);
        }
        requirePresent();
        return kind == Kind.PICTURES
                ? new PictureFiles(Path.of(location), format)
                : new VideoPictures(location, format);
    }
}
