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
package io.frameflow.yaml;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of files that people write. */
public final class YamlFiles {
    private YamlFiles() {}

    /**
     * Reads a whole file as UTF-8.
     *
     * @param file where it lies
     * @param mostBytes longest file that is read
     * @param kind what it should be, for messages: "model file"
     * @param code code of the failure
     * @throws FrameflowException with the code if it is not there, too long or no text
     */
    public static String text(Path file, int mostBytes, String kind, FailureCode code) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new FrameflowException(
                        code, "there is no " + kind + " " + file.toAbsolutePath());
            }
            if (Files.size(file) > mostBytes) {
                throw new FrameflowException(
                        code,
                        "%s is longer than %d bytes: not a %s".formatted(file, mostBytes, kind));
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new FrameflowException(code, kind + " " + file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new FrameflowException(
                    code, "cannot read " + kind + " " + file + ": " + e.getMessage(), e);
        }
    }
}
