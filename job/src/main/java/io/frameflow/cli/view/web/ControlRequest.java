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
package io.frameflow.cli.view.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frameflow.denoise.DenoisePreset;
import io.frameflow.schema.Control;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a change as the page sends it: an object with {@code camera}, a name or null for all, and
 * fields of {@link Control} by their names. Anything else is refused.
 */
final class ControlRequest {
    private static final int MAX_CAMERA_BYTES = 255;
    private static final Set<String> SETTINGS =
            Set.of(
                    "score_threshold",
                    "nms_iou_threshold",
                    "denoise_enabled",
                    "denoise_strength",
                    "denoise_preset");
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ControlRequest() {}

    /** Why a request is refused, in words. */
    static final class RefusedException extends Exception {
        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Reads a request.
     *
     * @throws RefusedException if it makes no sense
     */
    static Control parse(byte[] body) throws RefusedException {
        JsonNode request = object(body);
        Control control = new Control();
        control.setControlId(UUID.randomUUID().toString());
        control.setIssuedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        control.setCameraId(camera(request));
        control.setScoreThreshold(share(request, "score_threshold"));
        control.setNmsIouThreshold(share(request, "nms_iou_threshold"));
        control.setDenoiseEnabled(flag(request, "denoise_enabled"));
        control.setDenoiseStrength(share(request, "denoise_strength"));
        control.setDenoisePreset(preset(request));
        control.setReset(false);
        return control;
    }

    private static JsonNode object(byte[] body) throws RefusedException {
        JsonNode request;
        try {
            request = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new RefusedException("the request is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new RefusedException("the request is no JSON in UTF-8");
        }
        if (!request.isObject() || !request.has("camera")) {
            throw new RefusedException("the request must be an object with the field camera");
        }
        if (request.size() < 2) {
            throw new RefusedException("the request changes nothing");
        }
        for (Iterator<String> names = request.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals("camera") && !SETTINGS.contains(name)) {
                throw new RefusedException("there is no setting " + quoted(name));
            }
        }
        return request;
    }

    private static @Nullable String camera(JsonNode request) throws RefusedException {
        JsonNode camera = request.get("camera");
        if (camera.isNull()) {
            return null;
        }
        int bytes = camera.asText().getBytes(StandardCharsets.UTF_8).length;
        if (!camera.isTextual() || bytes < 1 || bytes > MAX_CAMERA_BYTES) {
            throw new RefusedException("camera must be a name of 1 to 255 bytes, or null for all");
        }
        return camera.asText();
    }

    private static @Nullable Float share(JsonNode request, String name) throws RefusedException {
        JsonNode value = request.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
            throw new RefusedException(name + " must be a number from 0 to 1");
        }
        return value.floatValue();
    }

    private static @Nullable Boolean flag(JsonNode request, String name) throws RefusedException {
        JsonNode value = request.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw new RefusedException(name + " must be true or false");
        }
        return value.booleanValue();
    }

    private static @Nullable String preset(JsonNode request) throws RefusedException {
        JsonNode value = request.get("denoise_preset");
        if (value == null) {
            return null;
        }
        if (!value.isTextual() || DenoisePreset.ofLabel(value.asText()).isEmpty()) {
            throw new RefusedException("denoise_preset must be one of " + DenoisePreset.labels());
        }
        return value.asText();
    }

    private static String quoted(String name) {
        return "'" + (name.length() > 40 ? name.substring(0, 40) + "..." : name) + "'";
    }
}
