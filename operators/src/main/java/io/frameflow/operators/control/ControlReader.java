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
package io.frameflow.operators.control;

import io.frameflow.denoise.DenoisePreset;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Suggestion;
import io.frameflow.operators.types.DecodeFailures;
import io.frameflow.schema.Control;
import io.frameflow.schema.codec.RecordCodec;
import io.frameflow.schema.codec.RecordDecodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the change out of a control message: a total function, whatever the bytes are. What it
 * accepts makes sense by itself; whether it can be done is for others to say.
 *
 * <p>Not thread-safe.
 */
public final class ControlReader {
    /** Longest message that is read, in bytes; one with every field at its longest is shorter. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024;

    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_PATH_BYTES = 4096;

    private final RecordCodec<Control> codec = RecordCodec.forControl();

    /** What a message is. */
    public sealed interface Outcome {
        /** Which message it was. */
        ControlOrigin origin();
    }

    /** It asks for a change. */
    public record Accepted(ControlOrigin origin, ControlChange change) implements Outcome {}

    /** It is nonsense. */
    public record Refused(ControlOrigin origin, ControlRefusal refusal) implements Outcome {}

    /** Reads a message. */
    public Outcome read(ControlMessage message) {
        byte[] value = message.value();
        ControlOrigin unreadable = ControlOrigin.unreadable(message);
        if (value == null) {
            return refused(unreadable, FailureCode.NO_VALUE, "the message has no value");
        }
        if (value.length > MAX_MESSAGE_BYTES) {
            return refused(
                    unreadable,
                    FailureCode.MESSAGE_TOO_LARGE,
                    "the value has %d bytes, the limit is %d"
                            .formatted(value.length, MAX_MESSAGE_BYTES));
        }
        Control control;
        try {
            control = codec.decode(value);
        } catch (RecordDecodingException e) {
            return refused(
                    unreadable, DecodeFailures.codeOf(e.problem()), String.valueOf(e.getMessage()));
        }
        ControlRefusal nameless = checkNames(control);
        if (nameless != null) {
            return new Refused(ControlOrigin.nameless(message, control), nameless);
        }
        return examine(ControlOrigin.of(message, control), control);
    }

    private static @Nullable ControlRefusal checkNames(Control control) {
        int idBytes = bytes(control.getControlId());
        if (idBytes == 0 || idBytes > MAX_NAME_BYTES) {
            return new ControlRefusal(
                    FailureCode.INVALID_CONTROL_ID,
                    "control_id has %d bytes, must have 1 to %d"
                            .formatted(idBytes, MAX_NAME_BYTES));
        }
        int cameraBytes = control.getCameraId() == null ? 1 : bytes(control.getCameraId());
        if (cameraBytes == 0 || cameraBytes > MAX_NAME_BYTES) {
            return new ControlRefusal(
                    FailureCode.INVALID_CAMERA_ID,
                    "camera_id has %d bytes, must have 1 to %d, or be null for all cameras"
                            .formatted(cameraBytes, MAX_NAME_BYTES));
        }
        return null;
    }

    private static Outcome examine(ControlOrigin origin, Control control) {
        String wrong = firstWrong(control);
        if (wrong != null) {
            return refused(origin, FailureCode.INVALID_CONTROL, wrong);
        }
        ControlChange change =
                new ControlChange(
                        control.getControlId(),
                        control.getCameraId(),
                        control.getIssuedAtUs(),
                        control.getReset(),
                        new CameraSettings(
                                control.getScoreThreshold(),
                                control.getNmsIouThreshold(),
                                control.getDenoiseEnabled(),
                                control.getDenoiseStrength(),
                                preset(control.getDenoisePreset()),
                                control.getTrackingEnabled()),
                        control.getModelFile());
        if (!change.reset() && change.settings().isEmpty() && change.modelFile() == null) {
            return refused(origin, FailureCode.INVALID_CONTROL, "the message changes nothing");
        }
        return new Accepted(origin, change);
    }

    /** The first thing that is wrong, or null. */
    private static @Nullable String firstWrong(Control control) {
        String wrong = checkShare("score_threshold", control.getScoreThreshold());
        if (wrong == null) {
            wrong = checkShare("nms_iou_threshold", control.getNmsIouThreshold());
        }
        if (wrong == null) {
            wrong = checkShare("denoise_strength", control.getDenoiseStrength());
        }
        if (wrong == null) {
            wrong = checkPreset(control.getDenoisePreset());
        }
        if (wrong == null) {
            wrong = checkModel(control.getModelFile(), control.getCameraId());
        }
        return wrong;
    }

    private static @Nullable String checkShare(String field, @Nullable Float value) {
        return value == null || (value >= 0 && value <= 1)
                ? null
                : field + " is " + value + ", must be from 0 to 1";
    }

    private static @Nullable String checkPreset(@Nullable String label) {
        if (label == null || DenoisePreset.ofLabel(label).isPresent()) {
            return null;
        }
        String shown = label.length() > MAX_NAME_BYTES ? "too long" : "'" + label + "'";
        String meant =
                Suggestion.nearest(
                                label.substring(0, Math.min(label.length(), MAX_NAME_BYTES)),
                                Arrays.stream(DenoisePreset.values())
                                        .map(DenoisePreset::label)
                                        .toList())
                        .map(nearest -> "; did you mean '" + nearest + "'?")
                        .orElse("");
        return "denoise_preset is %s, must be one of %s%s"
                .formatted(shown, DenoisePreset.labels(), meant);
    }

    private static @Nullable String checkModel(@Nullable String file, @Nullable String cameraId) {
        if (file == null) {
            return null;
        }
        int length = bytes(file);
        if (file.isBlank() || length > MAX_PATH_BYTES || file.indexOf('\0') >= 0) {
            return "model_file has %d bytes, must be a path of 1 to %d"
                    .formatted(length, MAX_PATH_BYTES);
        }
        return cameraId == null
                ? null
                : "model_file is for all cameras, which share one model: leave camera_id null";
    }

    private static @Nullable DenoisePreset preset(@Nullable String label) {
        return label == null ? null : DenoisePreset.ofLabel(label).orElse(null);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Refused refused(ControlOrigin origin, FailureCode code, String message) {
        return new Refused(origin, new ControlRefusal(code, message));
    }
}
