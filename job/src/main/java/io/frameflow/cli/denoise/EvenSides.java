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
package io.frameflow.cli.denoise;

import io.frameflow.cli.video.VideoFrame;

/** Pictures whose sides are even, as H.264 needs them: the last odd column and row are left out. */
public final class EvenSides {
    private EvenSides() {}

    /** The largest even side that fits, at least 2. */
    public static int even(int side) {
        return Math.max(2, side & ~1);
    }

    /** The picture with even sides; the same if they are. */
    public static VideoFrame crop(VideoFrame frame) {
        int width = frame.width() & ~1;
        int height = frame.height() & ~1;
        if (width == 0 || height == 0) {
            throw new IllegalArgumentException(
                    "a video needs pictures of 2 x 2 pixels or more, not %d x %d"
                            .formatted(frame.width(), frame.height()));
        }
        if (width == frame.width() && height == frame.height()) {
            return frame;
        }
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    frame.pixels(), 3 * y * frame.width(), pixels, 3 * y * width, 3 * width);
        }
        return new VideoFrame(frame.layout(), width, height, pixels, frame.mediaTimeMicros());
    }
}
