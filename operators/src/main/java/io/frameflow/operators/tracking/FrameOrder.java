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
package io.frameflow.operators.tracking;

/** How a frame stands to those that came before it from the same camera. */
enum FrameOrder {
    /** It is the next one, or the first. */
    NEXT,
    /** It is the first one after the camera or its publisher started anew. */
    RESTART,
    /** It was there before. */
    DUPLICATE,
    /** It is older than the newest one, or of a session that is over. */
    LATE
}
