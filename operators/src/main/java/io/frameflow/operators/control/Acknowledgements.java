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

import io.frameflow.operators.types.RecordTypes;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.ControlOutcome;
import io.frameflow.schema.ControlledSettings;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records that tell what became of control messages. When they were sent is for the
 * sender to fill in.
 */
public final class Acknowledgements {
    /** The side output of inference that they leave by. */
    public static final OutputTag<ControlAcknowledgement> TAG =
            new OutputTag<>("control-acknowledgements", RecordTypes.controlAcknowledgement());

    private Acknowledgements() {}

    /**
     * The change is in force in every subtask.
     *
     * @param settings what is now set for its camera, or for all
     * @param subtasks subtasks that applied it
     */
    public static ControlAcknowledgement applied(
            ControlOrigin origin, ControlChange change, ControlledSettings settings, int subtasks) {
        ControlAcknowledgement record =
                record(origin, ControlOutcome.APPLIED, null, change.toString());
        record.setSubtasks(subtasks);
        record.setSettings(settings);
        return record;
    }

    /** The message is nonsense, and nothing has changed. */
    public static ControlAcknowledgement refused(ControlOrigin origin, ControlRefusal refusal) {
        return record(origin, ControlOutcome.REFUSED, refusal.code().name(), refusal.message());
    }

    /** The change could not be made, and nothing has changed. */
    public static ControlAcknowledgement failed(ControlOrigin origin, ControlRefusal failure) {
        return record(origin, ControlOutcome.FAILED, failure.code().name(), failure.message());
    }

    /** What is set for a camera, or for all. */
    public static ControlledSettings settings(SettingsTable table, @Nullable String cameraId) {
        SettingsLayer layer = cameraId == null ? table.forAll() : table.of(cameraId);
        CameraSettings set = layer == null ? CameraSettings.NONE : layer.settings();
        ModelChoice model = cameraId == null ? table.model() : null;
        return new ControlledSettings(
                set.scoreThreshold(),
                set.nmsIouThreshold(),
                set.denoiseEnabled(),
                set.denoiseStrength(),
                set.denoisePreset() == null ? null : set.denoisePreset().label(),
                set.trackingEnabled(),
                model == null ? null : model.file());
    }

    private static ControlAcknowledgement record(
            ControlOrigin origin, ControlOutcome outcome, @Nullable String code, String message) {
        ControlAcknowledgement record = new ControlAcknowledgement();
        record.setControlId(origin.controlId());
        record.setCameraId(origin.cameraId());
        record.setOutcome(outcome);
        record.setCode(code);
        record.setMessage(message);
        record.setIssuedAtUs(origin.issuedAtMicros());
        record.setSourceTopic(origin.topic());
        record.setSourcePartition(origin.partition());
        record.setSourceOffset(origin.offset());
        return record;
    }
}
