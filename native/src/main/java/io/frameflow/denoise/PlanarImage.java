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

/** A picture as planes of luma, Cb and Cr in host memory, a byte each, rows without padding. */
public final class PlanarImage {
    private final int width;
    private final int height;
    private final ChromaSampling sampling;
    private final byte[] luma;
    private final byte[] cb;
    private final byte[] cr;

    /**
     * A picture of these planes, which are not copied.
     *
     * @throws IllegalArgumentException if a plane has another size than the picture needs
     */
    public PlanarImage(
            int width, int height, ChromaSampling sampling, byte[] luma, byte[] cb, byte[] cr) {
        int samples = sampling.columns(width) * sampling.rows(height);
        if (luma.length != width * height || cb.length != samples || cr.length != samples) {
            throw new IllegalArgumentException(
                    "planes of %d, %d and %d bytes for %d x %d pixels"
                            .formatted(luma.length, cb.length, cr.length, width, height));
        }
        this.width = width;
        this.height = height;
        this.sampling = sampling;
        this.luma = luma;
        this.cb = cb;
        this.cr = cr;
    }

    /** A picture of this size, black. */
    static PlanarImage ofSize(int width, int height, ChromaSampling sampling) {
        int samples = sampling.columns(width) * sampling.rows(height);
        return new PlanarImage(
                width,
                height,
                sampling,
                new byte[width * height],
                new byte[samples],
                new byte[samples]);
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** How many samples of chroma there are. */
    public ChromaSampling sampling() {
        return sampling;
    }

    /** The plane of luma. */
    public byte[] luma() {
        return luma;
    }

    /** The plane of Cb; empty where there is no colour. */
    public byte[] cb() {
        return cb;
    }

    /** The plane of Cr; empty where there is no colour. */
    public byte[] cr() {
        return cr;
    }
}
