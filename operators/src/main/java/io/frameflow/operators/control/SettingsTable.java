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

import io.frameflow.failure.FailureCode;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that control has set: for all cameras, and for some of them. The same changes in the same
 * order always lead to the same table. Not thread-safe.
 */
public final class SettingsTable implements Serializable {
    private static final long serialVersionUID = 1;

    /** Cameras that may have settings of their own. */
    public static final int MOST_CAMERAS = 4096;

    private final HashMap<String, SettingsLayer> byCamera = new HashMap<>();
    private @Nullable SettingsLayer forAll;
    private @Nullable ModelChoice model;
    private long version;

    /** A table in which nothing is set. */
    public SettingsTable() {}

    /** A table with contents. */
    SettingsTable(
            long version,
            @Nullable ModelChoice model,
            @Nullable SettingsLayer forAll,
            Map<String, SettingsLayer> byCamera) {
        this.version = version;
        this.model = model;
        this.forAll = forAll;
        this.byCamera.putAll(byCamera);
    }

    /** A table with the same contents, which changes by itself. */
    public SettingsTable copy() {
        return new SettingsTable(version, model, forAll, byCamera);
    }

    /** Number of the last change; 0 before the first. */
    public long version() {
        return version;
    }

    /** The model that control has changed over to; null for that of the job's options. */
    public @Nullable ModelChoice model() {
        return model;
    }

    /** Settings for all cameras; null where there are none. */
    public @Nullable SettingsLayer forAll() {
        return forAll;
    }

    /** Settings of a camera's own; null where there are none. */
    public @Nullable SettingsLayer of(String cameraId) {
        return byCamera.get(cameraId);
    }

    /** The cameras that have settings of their own, by name. Not to be changed. */
    public Map<String, SettingsLayer> cameras() {
        return new TreeMap<>(byCamera);
    }

    /** Why a change cannot be made to this table, or null where it can. */
    public @Nullable ControlRefusal check(ControlChange change) {
        String camera = change.cameraId();
        if (camera == null
                || change.settings().isEmpty()
                || byCamera.containsKey(camera)
                || byCamera.size() < MOST_CAMERAS) {
            return null;
        }
        return new ControlRefusal(
                FailureCode.TOO_MANY_CAMERAS,
                "%d cameras have settings of their own, and no more can: reset some"
                        .formatted(byCamera.size()));
    }

    /**
     * Makes a change.
     *
     * @param replacedModel the model file that the job's options name
     */
    public void apply(ControlChange change, String replacedModel) {
        version++;
        String camera = change.cameraId();
        if (camera == null) {
            if (change.reset()) {
                byCamera.clear();
            }
            forAll = changed(forAll, change);
        } else {
            SettingsLayer layer = changed(byCamera.get(camera), change);
            if (layer == null) {
                byCamera.remove(camera);
            } else {
                byCamera.put(camera, layer);
            }
        }
        String file = change.modelFile();
        if (file != null) {
            model = new ModelChoice(file, replacedModel, change.controlId(), version);
        }
    }

    private @Nullable SettingsLayer changed(@Nullable SettingsLayer layer, ControlChange change) {
        if (!change.reset() && change.settings().isEmpty()) {
            return layer;
        }
        CameraSettings settings = change.settings();
        if (layer != null && !change.reset()) {
            settings = settings.over(layer.settings());
        }
        return settings.isEmpty() ? null : new SettingsLayer(settings, change.controlId(), version);
    }

    /**
     * Forgets a model that was chosen when the options named another one than now.
     *
     * @return the choice that is over, or null where there was none or it holds
     */
    public @Nullable ModelChoice forgetModelUnlessReplacing(String configured) {
        ModelChoice choice = model;
        if (choice == null || choice.replaced().equals(configured)) {
            return null;
        }
        model = null;
        return choice;
    }
}
