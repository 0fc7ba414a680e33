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
package io.frameflow.cli.evaluate.denoise;

import io.frameflow.cli.video.VideoFrame;

/** Brightness of a picture, one number a pixel. */
final class Planes {
    private Planes() {}

    /** (Blue + 2 green + red) / 4, 0 to 255. */
    static float[] luma(VideoFrame frame) {
        byte[] bgr = frame.pixels();
        float[] luma = new float[frame.width() * frame.height()];
        for (int i = 0; i < luma.length; i++) {
            luma[i] =
                    ((bgr[3 * i] & 0xFF) + 2 * (bgr[3 * i + 1] & 0xFF) + (bgr[3 * i + 2] & 0xFF))
                            / 4f;
        }
        return luma;
    }
}
