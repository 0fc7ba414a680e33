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
package io.frameflow.cli.view.board;

import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one camera.
 *
 * @param id camera
 * @param rate results a second
 * @param latencyMedianMillis from capture to result, for half of the results
 * @param latencyMostMillis from capture to result, for 99 of 100 results
 * @param stageMicros mean time of each stage in microseconds, in the order of the stages
 * @param latest the latest result; null where there is none
 * @param lastSecond number of the last second of the history, since 1970-01-01T00:00:00Z
 * @param labels kinds of objects in the history
 * @param counts for each second, the oldest first, the mean number of objects of each kind in a
 *     frame; no numbers where there was no frame
 * @param events events of the camera, the latest first
 */
public record CameraDetails(
        String id,
        double rate,
        long latencyMedianMillis,
        long latencyMostMillis,
        Map<String, Double> stageMicros,
        @Nullable FrameDetections latest,
        long lastSecond,
        List<String> labels,
        List<List<Float>> counts,
        List<TrackEvent> events) {}
