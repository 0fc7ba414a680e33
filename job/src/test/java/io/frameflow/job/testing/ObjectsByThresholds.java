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
package io.frameflow.job.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import java.util.List;

/** Holds the objects of records to the thresholds that the records name. */
public final class ObjectsByThresholds {
    /** Boxes are mapped to the frame after they were compared, in single precision. */
    private static final double ROUNDING = 1e-3;

    private ObjectsByThresholds() {}

    /**
     * No object scores less than the threshold, no two of a class overlap by more than the other;
     * and where the threshold is low, there are objects that others would not have let through.
     */
    public static void assertKept(List<FrameDetections> records) {
        float weakest = 1;
        for (FrameDetections record : records) {
            assertKept(record);
            for (DetectedObject object : record.getObjects()) {
                weakest = Math.min(weakest, object.getScore());
            }
        }
        assertThat(weakest).as("score of the weakest object").isLessThan(0.1f);
        assertThat(records)
                .as("frames in which something passed a high threshold")
                .anyMatch(
                        record ->
                                record.getSettings().getScoreThreshold() > 0.4f
                                        && !record.getObjects().isEmpty());
    }

    private static void assertKept(FrameDetections record) {
        AppliedSettings settings = record.getSettings();
        String frame = record.getCameraId() + "#" + record.getSequence();
        List<DetectedObject> objects = record.getObjects();
        double mostOverlap = 0;
        for (int i = 0; i < objects.size(); i++) {
            DetectedObject object = objects.get(i);
            assertThat(object.getScore())
                    .as("score in %s", frame)
                    .isGreaterThanOrEqualTo(settings.getScoreThreshold());
            for (DetectedObject other : objects.subList(0, i)) {
                if (comparable(object, other, record)) {
                    mostOverlap = Math.max(mostOverlap, overlap(object.getBox(), other.getBox()));
                }
            }
        }
        assertThat(mostOverlap)
                .as("overlap in %s", frame)
                .isLessThanOrEqualTo(settings.getNmsIouThreshold() + ROUNDING);
    }

    /** Boxes that were cut off at the frame's edge overlapped in another way before. */
    private static boolean comparable(DetectedObject a, DetectedObject b, FrameDetections record) {
        return a.getClassId() == b.getClassId()
                && isInside(a.getBox(), record)
                && isInside(b.getBox(), record);
    }

    private static boolean isInside(BoundingBox box, FrameDetections record) {
        return box.getLeft() > 0
                && box.getTop() > 0
                && box.getLeft() + box.getWidth() < record.getWidth() - 0.01
                && box.getTop() + box.getHeight() < record.getHeight() - 0.01;
    }

    private static double overlap(BoundingBox a, BoundingBox b) {
        double width = common(a.getLeft(), a.getWidth(), b.getLeft(), b.getWidth());
        double height = common(a.getTop(), a.getHeight(), b.getTop(), b.getHeight());
        double both = width * height;
        return both / (area(a) + area(b) - both);
    }

    private static double common(double from, double length, double otherFrom, double otherLength) {
        double end = Math.min(from + length, otherFrom + otherLength);
        return Math.max(0, end - Math.max(from, otherFrom));
    }

    private static double area(BoundingBox box) {
        return (double) box.getWidth() * box.getHeight();
    }
}
