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
package io.frameflow.cli.demo;

import io.frameflow.cli.video.VideoFrame;
import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Track;

/** Draws results on their picture: a box for each object, in the colour of its track. */
final class Annotator {
    private static final int UNTRACKED = 0xB0B0B0;

    /** Colours that are far from each other and light enough for black text. */
    private static final int[] TRACK_COLOURS = {
        0xFF6B6B, 0x4ECDC4, 0xFFE66D, 0x95E06C, 0x6CB8FF, 0xFF9F43, 0xD69CFF, 0xF78FB3
    };

    private Annotator() {}

    /** Draws in place. */
    static void draw(VideoFrame picture, FrameDetections result) {
        Canvas canvas = new Canvas(picture);
        int scale = Math.max(1, picture.height() / 500);
        for (DetectedObject object : result.getObjects()) {
            drawObject(canvas, object, scale);
        }
    }

    private static void drawObject(Canvas canvas, DetectedObject object, int scale) {
        BoundingBox box = object.getBox();
        Track track = object.getTrack();
        int colour =
                track == null
                        ? UNTRACKED
                        : TRACK_COLOURS[Math.floorMod(track.getTrackId(), TRACK_COLOURS.length)];
        int left = Math.round(box.getLeft());
        int top = Math.round(box.getTop());
        canvas.outline(
                left, top, Math.round(box.getWidth()), Math.round(box.getHeight()), 2, colour);
        String text =
                track == null ? object.getLabel() : object.getLabel() + " #" + track.getTrackId();
        canvas.label(text, left, top, scale, colour);
    }
}
