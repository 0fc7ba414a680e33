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
package io.frameflow.job.config;

import java.util.List;

/** How detections become tracks. The names are those of ByteTrack. */
public final class TrackingOptions {

    /** Whether to track at all. */
    public static final JobOption<Boolean> ENABLED =
            JobOption.withDefault(
                    "tracking.enabled",
                    Domain.booleans(),
                    true,
                    "Whether detections are joined to tracks. Off, results go out as they are.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Tracking",
                    "How detections become tracks. The names are those of ByteTrack.",
                    List.of(ENABLED));

    private TrackingOptions() {}
}
