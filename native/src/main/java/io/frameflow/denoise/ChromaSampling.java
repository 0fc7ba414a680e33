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
package io.frameflow.denoise;

/** How many samples of chroma a picture in planes has. */
public enum ChromaSampling {
    /** None: luma alone. */
    NONE(0, 0),
    /** One for each pixel. */
    WHOLE(1, 1),
    /** One for two pixels side by side. */
    HALF_COLUMNS(2, 1),
    /** One for two by two pixels. */
    HALF(2, 2);

    private final int pixelsAcross;
    private final int pixelsDown;

    ChromaSampling(int pixelsAcross, int pixelsDown) {
        this.pixelsAcross = pixelsAcross;
        this.pixelsDown = pixelsDown;
    }

    /** Columns of a plane of chroma. */
    public int columns(int width) {
        return this == NONE ? 0 : (width + pixelsAcross - 1) / pixelsAcross;
    }

    /** Rows of a plane of chroma. */
    public int rows(int height) {
        return this == NONE ? 0 : (height + pixelsDown - 1) / pixelsDown;
    }

    /** Pixels side by side that share a sample. */
    int pixelsAcross() {
        return pixelsAcross;
    }

    /** Pixels one below the other that share a sample. */
    int pixelsDown() {
        return pixelsDown;
    }
}
