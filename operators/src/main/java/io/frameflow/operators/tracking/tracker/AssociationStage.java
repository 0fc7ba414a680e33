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
package io.frameflow.operators.tracking.tracker;

import java.util.Set;

/**
 * One round of matching between tracks and detections that are both still free.
 *
 * @param name what it is called
 * @param tracks the phases of the tracks that take part
 * @param detections the pool of the detections that take part
 * @param isPredicted whether tracks are looked for where the filter expects them, or where they
 *     were seen last
 * @param affinity how well a pair fits
 * @param leastOverlap of the pairs that were made, those that overlap by less are dropped, 0 to 1
 */
record AssociationStage(
        String name,
        Set<TrackPhase> tracks,
        DetectionPool detections,
        boolean isPredicted,
        Affinity affinity,
        double leastOverlap) {
    AssociationStage {
        tracks = Set.copyOf(tracks);
    }
}
