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
package io.frameflow.engine.tensorrt.calibrate;

import io.frameflow.engine.tensorrt.JsonText;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.file.DurableFile;
import io.frameflow.model.InputSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * What a calibration cache was made from, in a JSON file beside it, of the same name with {@code
 * .json} added. TensorRT does not notice that scales are another network's or of other
 * preprocessing; and pictures that the scales were found in are no measure of what they are worth.
 *
 * @param networkSha256 SHA-256 of the network
 * @param preprocessing how pictures were placed in the network's input, as {@link #describe} says
 * @param pictureSha256 SHA-256 of each picture that took part, as the file or the frame was
 * @param heldBack number of pictures of the same source that were kept out, for measuring
 */
public record CalibrationRecord(
        String networkSha256, String preprocessing, List<String> pictureSha256, int heldBack) {
    private static final int FORMAT = 1;
    private static final long MOST_BYTES = 64 << 20;

    /** Copies the list. */
    public CalibrationRecord {
        pictureSha256 = List.copyOf(pictureSha256);
    }

    /** How pictures are placed in an input, as a text that is equal where that is. */
    public static String describe(InputSpec input) {
        return "%dx%d %s, %s as %s, pad %d, scale %s, offsets %s, deviations %s"
                .formatted(
                        input.width(),
                        input.height(),
                        input.colorOrder(),
                        input.scaling(),
                        input.resizePrecision(),
                        input.padValue(),
                        input.normalization().scale(),
                        input.normalization().offsets(),
                        input.normalization().deviations());
    }

    /** Where the record of a cache lies. */
    static Path beside(Path cache) {
        return cache.resolveSibling(cache.getFileName() + ".json");
    }

    /**
     * The record of a cache; empty if there is none, as for caches of other programs.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} if there is one that
     *     cannot be read
     */
    public static Optional<CalibrationRecord> of(Path cache) {
        Path file = beside(cache);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw invalid(file, "it is too large", null);
            }
            LoadSettings settings =
                    LoadSettings.builder()
                            .setSchema(new JsonSchema())
                            .setCodePointLimit((int) MOST_BYTES)
                            .build();
            Object root = new Load(settings).loadFromString(Files.readString(file));
            return Optional.of(parse(file, root));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | YamlEngineException e) {
            throw invalid(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static CalibrationRecord parse(Path file, @Nullable Object root) {
        if (root instanceof Map<?, ?> map
                && Integer.valueOf(FORMAT).equals(map.get("format"))
                && map.get("network_sha256") instanceof String network
                && map.get("preprocessing") instanceof String preprocessing
                && map.get("picture_sha256") instanceof List<?> pictures
                && map.get("held_back") instanceof Integer heldBack) {
            return new CalibrationRecord(
                    network,
                    preprocessing,
                    pictures.stream().map(String::valueOf).toList(),
                    heldBack);
        }
        throw invalid(file, "it is not of format " + FORMAT, null);
    }

    private static FrameflowException invalid(Path file, String reason, @Nullable Throwable cause) {
        return new FrameflowException(
                FailureCode.INVALID_SETTINGS,
                "cannot read %s, which belongs to a calibration cache: %s; make both again with"
                                .formatted(file, reason)
                        + " './frameflow calibrate'",
                cause);
    }

    /** Writes the record of a cache. */
    void write(Path cache) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", FORMAT);
        root.put("network_sha256", networkSha256);
        root.put("preprocessing", preprocessing);
        root.put("held_back", heldBack);
        root.put("picture_sha256", pictureSha256);
        byte[] json = JsonText.of(root).getBytes(StandardCharsets.UTF_8);
        DurableFile.write(beside(cache), ByteBuffer.wrap(json));
    }
}
