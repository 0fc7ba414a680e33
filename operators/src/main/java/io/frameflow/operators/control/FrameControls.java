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

import io.frameflow.denoise.DenoiseSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What control says about the frames of each camera, worked out once for each change, so that a
 * frame costs one look-up. Not thread-safe.
 */
public final class FrameControls {
    private final DenoiseSettings denoise;
    private final Map<String, FrameControl> byCamera = new HashMap<>();
    private FrameControl general = FrameControl.NONE;

    /**
     * Nothing is set yet.
     *
     * @param denoise how the pipeline reduces noise where nothing is set
     */
    public FrameControls(DenoiseSettings denoise) {
        this.denoise = denoise;
    }

    /** For a frame of a camera. */
    public FrameControl of(String cameraId) {
        FrameControl own = byCamera.get(cameraId);
        return own != null ? own : general;
    }

    /** Takes over what a table says. */
    public void update(SettingsTable table) {
        general = control(table, null);
        byCamera.clear();
        table.cameras().forEach((camera, layer) -> byCamera.put(camera, control(table, layer)));
    }

    private FrameControl control(SettingsTable table, @Nullable SettingsLayer own) {
        SettingsLayer forAll = table.forAll();
        CameraSettings settings = own == null ? CameraSettings.NONE : own.settings();
        if (forAll != null) {
            settings = settings.over(forAll.settings());
        }
        return new FrameControl(
                settings.frameSettings(denoise),
                !Boolean.FALSE.equals(settings.trackingEnabled()),
                last(own, forAll, table.model()));
    }

    private static @Nullable String last(
            @Nullable SettingsLayer own,
            @Nullable SettingsLayer forAll,
            @Nullable ModelChoice model) {
        long version = 0;
        String id = null;
        if (own != null) {
            version = own.version();
            id = own.controlId();
        }
        if (forAll != null && forAll.version() > version) {
            version = forAll.version();
            id = forAll.controlId();
        }
        return model != null && model.version() > version ? model.controlId() : id;
    }
}
