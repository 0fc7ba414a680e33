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
package io.frameflow.model;

/** Numbers in which a frame is scaled to the network's input. */
public enum ResizePrecision {
    /**
     * Whole levels of 0 to 255, before normalisation: what comes of scaling 8-bit pictures, as most
     * training programs do.
     */
    UINT8,
    /**
     * Floating point: what comes of scaling after normalisation, or pictures that were converted to
     * floating point before.
     */
    FLOAT32
}
