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
package io.frameflow.encode;

/**
 * How large a picture is shown.
 *
 * @param width width in pixels
 * @param height height in pixels
 */
public record PreviewSize(int width, int height) {
    /** Longest side in pixels: what is larger is scaled down to it. */
    public static final int MAX_SIDE = 1280;

    /** The size for a picture of that width and height, in the same shape. */
    public static PreviewSize of(int width, int height) {
        double ratio = Math.min(1.0, (double) MAX_SIDE / Math.max(width, height));
        return new PreviewSize(
                Math.max(1, (int) Math.round(width * ratio)),
                Math.max(1, (int) Math.round(height * ratio)));
    }
}
