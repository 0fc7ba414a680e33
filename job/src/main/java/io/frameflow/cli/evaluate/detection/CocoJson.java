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
package io.frameflow.cli.evaluate.detection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads COCO's files. */
final class CocoJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private CocoJson() {}

    /** A file as what it must be. */
    static <T> T read(Path file, Class<T> type) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            T value = MAPPER.readValue(in, type);
            if (value == null) {
                throw new CocoFormatException(file + " holds nothing");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new CocoFormatException(
                    "%s, line %d: %s"
                            .formatted(
                                    file,
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                                    e.getOriginalMessage()));
        }
    }

    /** A box of four finite numbers. */
    static Box box(@Nullable List<Double> bbox, String where) throws IOException {
        if (bbox == null || bbox.size() != 4 || !areFinite(bbox)) {
            throw new CocoFormatException(
                    where + " has the bbox " + bbox + ", expected [left, top, width, height]");
        }
        return new Box(bbox.get(0), bbox.get(1), bbox.get(2), bbox.get(3));
    }

    /** The points of a person. */
    static Keypoints keypoints(@Nullable List<Double> values, String where) throws IOException {
        int expected = 3 * KeypointSimilarity.POINTS;
        if (values == null || values.size() != expected || !areFinite(values)) {
            throw new CocoFormatException(
                    "%s has %s, expected keypoints of %d numbers"
                            .formatted(
                                    where,
                                    values == null
                                            ? "no keypoints"
                                            : values.size() + " numbers as keypoints",
                                    expected));
        }
        return new Keypoints(values);
    }

    private static boolean areFinite(List<Double> values) {
        return values.stream().allMatch(value -> value != null && Double.isFinite(value));
    }
}
