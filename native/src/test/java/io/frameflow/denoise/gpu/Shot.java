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
package io.frameflow.denoise.gpu;

import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.FramePlace;
import java.nio.ByteBuffer;
import java.util.Random;

/** A frame of a test, with its pixels in host memory. */
record Shot(
        FramePlace place,
        PictureLayout layout,
        int width,
        int height,
        ByteBuffer pixels,
        DenoiseSettings settings) {
    /** Frame from which on another scene is shown. */
    static final int CUT = 40;

    /** Bytes of a row: as decoders leave planar pictures; the others lie without padding. */
    int pitch() {
        return pitch(layout, width);
    }

    private static int pitch(PictureLayout layout, int width) {
        return layout.isPlanar() ? (width + 63) / 64 * 64 : layout.rowBytes(width);
    }

    /** Texture with a bright bar that moves, noise, and another scene from a frame on. */
    static Shot of(
            FramePlace place,
            PictureLayout layout,
            int width,
            int height,
            int frame,
            DenoiseSettings settings,
            Random random) {
        int channels = layout.isInPlanes() ? 1 : 3;
        int pitch = pitch(layout, width);
        byte[] bytes = new byte[(int) layout.bytes(pitch, height)];
        for (int i = 0; i < bytes.length; i++) {
            int x = i % pitch / channels;
            int y = i / pitch;
            double scene = frame < CUT ? 90 + 40 * Math.sin(x / 7.0 + y / 11.0) : 220 - y % 60;
            double bar = Math.abs(x - 4 * frame % Math.max(1, width)) < 8 ? 100 : 0;
            double value = scene + bar + 12 * random.nextGaussian();
            bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return new Shot(place, layout, width, height, ByteBuffer.wrap(bytes), settings);
    }
}
