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
package io.frameflow.operators.analytics;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the objects of each camera.
 *
 * @param cameras by camera id; nothing is asked of any other
 */
public record AnalyticsConfiguration(Map<String, CameraRules> cameras) implements Serializable {

    /** Nothing is asked. */
    public static final AnalyticsConfiguration NONE = new AnalyticsConfiguration(Map.of());

    /** Copies the map. */
    public AnalyticsConfiguration {
        cameras = Map.copyOf(cameras);
    }

    /** Rules of a camera, or null where it has none. */
    public @Nullable CameraRules of(String cameraId) {
        return cameras.get(cameraId);
    }
}
