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

/** What can happen to a track that others should know. */
public enum TrackChange {
    /** The track is sure and followed from now on. */
    CONFIRMED,
    /** It was not seen in this frame. */
    LOST,
    /** A lost track is seen again. */
    RECOVERED,
    /** A track that once was confirmed is over. One that never was ends in silence. */
    ENDED
}
