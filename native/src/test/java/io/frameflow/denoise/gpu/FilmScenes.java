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
import io.frameflow.decode.DecodeLimits;
import io.frameflow.decode.gpu.GpuBatchDecoder;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.ImageEncoding;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/**
 * A film's pictures, forwards and backwards, for each camera in memory of its own, with noise in
 * their brightness. Cameras begin at different pictures.
 */
final class FilmScenes implements Scenes {
    private final int length;
    private final GpuPicture shape;
    private final long pictureBytes;
    private final DeviceBuffer pixels;

    /**
     * Decodes the pictures.
     *
     * @param files JPEG files of one size with halved chroma, one after the other
     * @param sigma standard deviation of the noise in grey levels
     */
    FilmScenes(List<byte[]> files, int cameras, double sigma, CudaStream stream) {
        length = files.size();
        GpuPicture[] pictures = new GpuPicture[length];
        try (GpuBatchDecoder decoder = new GpuBatchDecoder(length, DecodeLimits.DEFAULT)) {
            decoder.begin();
            for (int i = 0; i < length; i++) {
                decoder.add(i, ImageEncoding.JPEG, 0, 0, ByteBuffer.wrap(files.get(i)));
            }
            decoder.stage();
            decoder.decode(stream, new Pictures(pictures));
            stream.synchronize();
            shape = pictures[0];
            pictureBytes = PictureLayout.YUV420.bytes(shape.pitch(), shape.height());
            pixels = new DeviceBuffer(pictureBytes * cameras * length);
            try (PinnedBuffer host = new PinnedBuffer(pictureBytes)) {
                copy(pictures, cameras, sigma, host, stream);
            }
        }
    }

    /** Takes what is decoded. */
    private static final class Pictures implements GpuBatchDecoder.Outcome {
        private final GpuPicture[] pictures;

        Pictures(GpuPicture[] pictures) {
            this.pictures = pictures;
        }

        @Override
        public void decoded(int place, GpuPicture picture) {
            if (picture.layout() != PictureLayout.YUV420) {
                throw new IllegalArgumentException("the film is " + picture.layout());
            }
            pictures[place] = picture;
        }

        @Override
        public void rejected(int place, FrameflowException reason) {
            throw reason;
        }
    }

    private void copy(
            GpuPicture[] pictures,
            int cameras,
            double sigma,
            PinnedBuffer host,
            CudaStream stream) {
        Random random = new Random(1);
        byte[] bytes = new byte[(int) pictureBytes];
        for (int i = 0; i < length; i++) {
            DeviceMemory.read(pictures[i].address(), host, stream);
            stream.synchronize();
            host.view().get(0, bytes);
            for (int k = 0; k < shape.pitch() * shape.height(); k++) {
                double value = (bytes[k] & 0xFF) + sigma * random.nextGaussian();
                bytes[k] = (byte) Math.max(0, Math.min(255, Math.round(value)));
            }
            host.view().put(0, bytes);
            for (int camera = 0; camera < cameras; camera++) {
                long place = (long) camera * length + i;
                pixels.copyFrom(host, 0, place * pictureBytes, pictureBytes, stream);
            }
            stream.synchronize();
        }
    }

    /** Fails where the film is of another size. */
    void expect(int width, int height) {
        if (shape.width() != width || shape.height() != height) {
            throw new IllegalArgumentException(
                    "the film has " + shape.width() + " x " + shape.height() + " pixels");
        }
    }

    @Override
    public long address(int camera, int frame) {
        int turn = Math.floorMod(frame + camera, Math.max(1, 2 * length - 2));
        int place = turn < length ? turn : 2 * length - 2 - turn;
        return pixels.address() + pictureBytes * ((long) camera * length + place);
    }

    @Override
    public int pitch() {
        return shape.pitch();
    }

    @Override
    public void close() {
        pixels.close();
    }
}
