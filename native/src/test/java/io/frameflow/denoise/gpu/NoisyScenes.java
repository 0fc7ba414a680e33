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

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.cuda.kernel.PictureLayout;
import java.util.Random;

/**
 * Pictures of cameras for measurements, in device memory: noise of 15 grey levels, and a part of
 * each picture that is bright in every other frame.
 */
final class NoisyScenes implements Scenes {
    /** Frames of a camera, which come in turns. */
    static final int FRAMES = 4;

    /** Cameras whose pictures differ; the others show the same, in memory of their own. */
    private static final int SCENES = 4;

    private static final int ALIGNMENT = 256;
    private static final int PITCH_ALIGNMENT = 64;

    private final PictureLayout layout;
    private final int pitch;
    private final long pictureBytes;
    private final DeviceBuffer pixels;

    /**
     * Makes the pictures.
     *
     * @param layout RGB8 or YUV420
     * @param moving part of the columns that are bright in every other frame
     */
    NoisyScenes(
            PictureLayout layout,
            int width,
            int height,
            int cameras,
            double moving,
            CudaStream stream) {
        this.layout = layout;
        pitch =
                layout.isPlanar()
                        ? (width + PITCH_ALIGNMENT - 1) / PITCH_ALIGNMENT * PITCH_ALIGNMENT
                        : layout.rowBytes(width);
        long bytes = layout.bytes(pitch, height);
        pictureBytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        pixels = new DeviceBuffer(pictureBytes * cameras * FRAMES);
        fill(width, height, cameras, moving, stream);
    }

    /** Bytes that are read and written, without padding: pictures, and means of them. */
    static double trafficAPixel(PictureLayout layout) {
        return layout == PictureLayout.YUV420 ? 1.5 + 3 + 3 + 1.5 : 3.0 + 4 + 4 + 3;
    }

    @Override
    public long address(int camera, int frame) {
        return pixels.address()
                + pictureBytes * ((long) camera * FRAMES + Math.floorMod(frame, FRAMES));
    }

    @Override
    public int pitch() {
        return pitch;
    }

    private void fill(int width, int height, int cameras, double moving, CudaStream stream) {
        Random random = new Random(1);
        byte[] noise = new byte[1 << 20];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) Math.max(-100, Math.min(100, 15 * random.nextGaussian()));
        }
        int channels = layout.isPlanar() ? 1 : 3;
        long luma = (long) pitch * height;
        byte[] bytes = new byte[(int) layout.bytes(pitch, height)];
        try (PinnedBuffer host = new PinnedBuffer(bytes.length)) {
            for (int picture = 0; picture < SCENES * FRAMES; picture++) {
                int offset = random.nextInt(noise.length);
                int bright = picture % 2 == 1 ? 60 : 0;
                for (int i = 0; i < bytes.length; i++) {
                    int column = i % pitch / channels;
                    boolean moves = i < luma && column < moving * width;
                    int value = 110 + noise[(i + offset) & (noise.length - 1)];
                    bytes[i] = (byte) Math.min(255, moves ? value + bright : value);
                }
                host.view().put(0, bytes);
                for (int i = picture; i < cameras * FRAMES; i += SCENES * FRAMES) {
                    pixels.copyFrom(host, 0, i * pictureBytes, bytes.length, stream);
                }
                stream.synchronize();
            }
        }
    }

    @Override
    public void close() {
        pixels.close();
    }
}
