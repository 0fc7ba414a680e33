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
package io.frameflow.geometry;

/**
 * The placement of one source frame in the network's input: the frame is scaled to {@link
 * #resizedWidth()} x {@link #resizedHeight()} pixels, its top left corner lies at {@link
 * #padLeft()}, {@link #padTop()}, and what is left of the input is padding.
 *
 * <p>Sizes and padding are rounded exactly as Ultralytics' {@code LetterBox} and {@code
 * scale_boxes} do: with {@code r = min(H / h, W / w)} the frame becomes {@code round(w * r)} x
 * {@code round(h * r)}, ties to even; of an odd number of padding pixels the smaller half is left
 * and above. One pixel of difference there changes a network's scores visibly.
 *
 * <p>Coordinates are in pixels with the origin at the top left corner of the top left pixel, so
 * that a frame reaches from 0 to its width. Immutable.
 */
public final class Letterbox {
    private final int sourceWidth;
    private final int sourceHeight;
    private final int inputWidth;
    private final int inputHeight;
    private final int resizedWidth;
    private final int resizedHeight;
    private final int padLeft;
    private final int padTop;
    private final double scaleX;
    private final double scaleY;

    private Letterbox(
            Scaling scaling,
            int sourceWidth,
            int sourceHeight,
            int inputWidth,
            int inputHeight,
            double scaleX,
            double scaleY) {
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        this.inputWidth = inputWidth;
        this.inputHeight = inputHeight;
        this.scaleX = scaleX;
        this.scaleY = scaleY;
        resizedWidth = resized(sourceWidth, scaleX, inputWidth);
        resizedHeight = resized(sourceHeight, scaleY, inputHeight);
        padLeft = scaling.symmetricPadding() ? (inputWidth - resizedWidth) / 2 : 0;
        padTop = scaling.symmetricPadding() ? (inputHeight - resizedHeight) / 2 : 0;
    }

    /**
     * Places a frame.
     *
     * @param scaling how it is to be fitted
     * @param sourceWidth width of the frame in pixels, at least 1
     * @param sourceHeight height of the frame in pixels, at least 1
     * @param inputWidth width of the network's input in pixels, at least 1
     * @param inputHeight height of the network's input in pixels, at least 1
     * @throws IllegalArgumentException if a side is not positive
     */
    public static Letterbox of(
            Scaling scaling, int sourceWidth, int sourceHeight, int inputWidth, int inputHeight) {
        requirePositive("source", sourceWidth, sourceHeight);
        requirePositive("input", inputWidth, inputHeight);
        double scaleX = (double) inputWidth / sourceWidth;
        double scaleY = (double) inputHeight / sourceHeight;
        if (scaling.maintainAspectRatio()) {
            double scale = Math.min(scaleY, scaleX);
            scale = scaling.scaleUp() ? scale : Math.min(scale, 1.0);
            scaleX = scale;
            scaleY = scale;
        }
        return new Letterbox(
                scaling, sourceWidth, sourceHeight, inputWidth, inputHeight, scaleX, scaleY);
    }

    private static void requirePositive(String what, int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    what + " size must be positive, is " + width + " x " + height);
        }
    }

    /** A very long frame would round to a side of 0; one row or column is the least there is. */
    private static int resized(int source, double scale, int input) {
        return Math.max(1, Math.min(input, (int) Math.rint(source * scale)));
    }

    /** Width of the source frame in pixels. */
    public int sourceWidth() {
        return sourceWidth;
    }

    /** Height of the source frame in pixels. */
    public int sourceHeight() {
        return sourceHeight;
    }

    /** Width of the network's input in pixels. */
    public int inputWidth() {
        return inputWidth;
    }

    /** Height of the network's input in pixels. */
    public int inputHeight() {
        return inputHeight;
    }

    /** Width of the scaled frame within the input, in pixels. */
    public int resizedWidth() {
        return resizedWidth;
    }

    /** Height of the scaled frame within the input, in pixels. */
    public int resizedHeight() {
        return resizedHeight;
    }

    /** Columns of padding left of the frame. */
    public int padLeft() {
        return padLeft;
    }

    /** Rows of padding above the frame. */
    public int padTop() {
        return padTop;
    }

    /** Columns of padding right of the frame. */
    public int padRight() {
        return inputWidth - resizedWidth - padLeft;
    }

    /** Rows of padding below the frame. */
    public int padBottom() {
        return inputHeight - resizedHeight - padTop;
    }

    /** Input pixels a source pixel, horizontally, before the size was rounded to whole pixels. */
    public double scaleX() {
        return scaleX;
    }

    /** Input pixels a source pixel, vertically, before the size was rounded to whole pixels. */
    public double scaleY() {
        return scaleY;
    }

    /** Column in the input of a column of the source. */
    public float toInputX(float sourceX) {
        return (float) (sourceX * scaleX + padLeft);
    }

    /** Row in the input of a row of the source. */
    public float toInputY(float sourceY) {
        return (float) (sourceY * scaleY + padTop);
    }

    /** Column in the source of a column of the input; outside the frame for one in the padding. */
    public float toSourceX(float inputX) {
        return (float) ((inputX - padLeft) / scaleX);
    }

    /** Row in the source of a row of the input; outside the frame for one in the padding. */
    public float toSourceY(float inputY) {
        return (float) ((inputY - padTop) / scaleY);
    }

    /** Column in the source of a column of the input, at most at the edge of the frame. */
    public float toSourceXClipped(float inputX) {
        return Math.max(0, Math.min(sourceWidth, toSourceX(inputX)));
    }

    /** Row in the source of a row of the input, at most at the edge of the frame. */
    public float toSourceYClipped(float inputY) {
        return Math.max(0, Math.min(sourceHeight, toSourceY(inputY)));
    }

    @Override
    public String toString() {
        return "%dx%d scaled to %dx%d at (%d, %d) of %dx%d"
                .formatted(
                        sourceWidth,
                        sourceHeight,
                        resizedWidth,
                        resizedHeight,
                        padLeft,
                        padTop,
                        inputWidth,
                        inputHeight);
    }
}
