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
package io.frameflow.failure;

/**
 * Every cause of failure that this software tells apart. The names are an interface: they stand in
 * dead letters, metrics and logs, and are never given another meaning.
 */
public enum FailureCode {
    // Envelope.
    /** The message has no value (a tombstone). */
    NO_VALUE(FailureKind.BAD_INPUT),
    /** The value has no bytes. */
    EMPTY_VALUE(FailureKind.BAD_INPUT),
    /** The value is larger than the configured limit. */
    MESSAGE_TOO_LARGE(FailureKind.BAD_INPUT),
    /** The value is not in Avro's single-object encoding. */
    NOT_SINGLE_OBJECT(FailureKind.BAD_INPUT),
    /** No released schema has the value's fingerprint. */
    UNKNOWN_SCHEMA(FailureKind.BAD_INPUT),
    /** The value is a record of another kind than a frame. */
    WRONG_RECORD(FailureKind.BAD_INPUT),
    /** The bytes are no record of the schema that they claim. */
    MALFORMED_RECORD(FailureKind.BAD_INPUT),
    /** A complete record is followed by more bytes. */
    TRAILING_BYTES(FailureKind.BAD_INPUT),
    /** The camera id is empty or too long. */
    INVALID_CAMERA_ID(FailureKind.BAD_INPUT),
    /** The session is too long. */
    INVALID_SESSION(FailureKind.BAD_INPUT),
    /** The Kafka key is not the camera id. */
    KEY_MISMATCH(FailureKind.BAD_INPUT),
    /** The sequence is negative. */
    INVALID_SEQUENCE(FailureKind.BAD_INPUT),
    /** The capture time is negative or beyond any sensible clock. */
    INVALID_CAPTURE_TIME(FailureKind.BAD_INPUT),
    /** The encoding is one that this version does not know. */
    UNKNOWN_ENCODING(FailureKind.BAD_INPUT),

    // Decoding.
    /** The picture has no bytes. */
    EMPTY_IMAGE(FailureKind.BAD_INPUT),
    /** The bytes are not a picture of the declared encoding. */
    NOT_THE_ENCODING(FailureKind.BAD_INPUT),
    /** The picture's header cannot be read. */
    INVALID_IMAGE_HEADER(FailureKind.BAD_INPUT),
    /** Width or height is zero, negative, or impossible for the encoding. */
    INVALID_DIMENSIONS(FailureKind.BAD_INPUT),
    /** The picture has more pixels, or a longer side, than the limits allow. */
    IMAGE_TOO_LARGE(FailureKind.BAD_INPUT),
    /** The picture has another size than the frame says. */
    DIMENSIONS_MISMATCH(FailureKind.BAD_INPUT),
    /** The picture ends too early. */
    TRUNCATED_IMAGE(FailureKind.BAD_INPUT),
    /** The picture's data is damaged. */
    CORRUPT_IMAGE(FailureKind.BAD_INPUT),
    /** The picture is valid but of a kind that is not supported, such as CMYK. */
    UNSUPPORTED_IMAGE(FailureKind.BAD_INPUT),
    /** A raw picture has fewer or more bytes than its size needs. */
    RAW_SIZE_MISMATCH(FailureKind.BAD_INPUT),

    // Post-processing.
    /** The model's output for the frame has values that are not finite. */
    NON_FINITE_OUTPUT(FailureKind.BAD_INPUT),
    /** The result of the frame is larger than the configured limit. */
    RESULT_TOO_LARGE(FailureKind.BAD_INPUT),

    // Tracking.
    /** A frame of the same camera, session and sequence was there before. */
    DUPLICATE_FRAME(FailureKind.BAD_INPUT),
    /** The frame came after a younger one of its camera. */
    LATE_FRAME(FailureKind.BAD_INPUT),

    // Control.
    /** The id of the control message is empty or too long. */
    INVALID_CONTROL_ID(FailureKind.BAD_INPUT),
    /** A setting is out of range or unknown, contradicts another, or there is none. */
    INVALID_CONTROL(FailureKind.BAD_INPUT),
    /** More cameras have settings of their own than are kept. */
    TOO_MANY_CAMERAS(FailureKind.BAD_INPUT),
    /** A change of the model is under way, and too many others wait for its end. */
    MODEL_CHANGE_UNDER_WAY(FailureKind.BAD_INPUT),

    // Configuration.
    /** The settings of the job are wrong. */
    INVALID_SETTINGS(FailureKind.BAD_CONFIGURATION),
    /** The model file is missing, unreadable or wrong. */
    INVALID_MODEL_FILE(FailureKind.BAD_CONFIGURATION),
    /** The analytics file is missing, unreadable or wrong. */
    INVALID_ANALYTICS_FILE(FailureKind.BAD_CONFIGURATION),
    /** The network is missing, unreadable, or does not fit the model file. */
    INVALID_MODEL(FailureKind.BAD_CONFIGURATION),
    /** The plan of the network is missing, damaged, or for another card or TensorRT. */
    INVALID_PLAN(FailureKind.BAD_CONFIGURATION),
    /** The engine that was asked for is not available on this machine. */
    ENGINE_UNAVAILABLE(FailureKind.BAD_CONFIGURATION),

    // Running.
    /** The engine failed on a batch. */
    ENGINE_FAILED(FailureKind.TRANSIENT),
    /** Memory of the host or of the device is used up. */
    OUT_OF_MEMORY(FailureKind.EXHAUSTED),
    /** A file cannot be written or a folder not be read: the disk is full, or not accessible. */
    STORAGE_FAILED(FailureKind.EXHAUSTED),
    /** The device reported an error after which its context cannot be used. */
    DEVICE_LOST(FailureKind.DEVICE_LOST),
    /** Something that cannot happen happened. */
    INTERNAL_ERROR(FailureKind.BUG);

    private final FailureKind kind;

    FailureCode(FailureKind kind) {
        this.kind = kind;
    }

    /** What the caller must do. */
    public FailureKind kind() {
        return kind;
    }
}
