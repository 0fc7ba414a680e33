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
package io.frameflow.operators.tracking;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.frameflow.operators.testing.Disorder;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Detections of several cameras as they come in one stream. */
final class Sequences {
    private Sequences() {}

    /** Six cameras with objects that cross, vanish and come back; two of them restart. */
    static List<FrameDetections> synthetic() {
        List<FrameDetections> frames = new ArrayList<>();
        Random random = new Random(17);
        for (int i = 0; i < 200; i++) {
            for (int camera = 0; camera < 6; camera++) {
                String session = camera % 3 == 0 && i >= 120 ? "second" : "first";
                List<DetectedObject> objects = new ArrayList<>();
                for (int object = 0; object < 8; object++) {
                    if ((i + 13 * object) % 70 < 60 && random.nextInt(6) > 0) {
                        double way = 8.0 * (i + 30 * object) + random.nextInt(4);
                        double x = object % 2 == 0 ? way % 1900 : 1900 - way % 1900;
                        objects.add(
                                Frames.object(
                                        (float) x,
                                        100f * object + random.nextInt(4),
                                        60,
                                        120,
                                        0.2f + 0.8f * random.nextFloat()));
                    }
                }
                if (random.nextInt(30) > 0) {
                    frames.add(
                            Frames.frame(
                                    "camera " + camera,
                                    session,
                                    i,
                                    objects.toArray(new DetectedObject[0])));
                }
            }
        }
        return Disorder.of(frames, 3, Sequences::isBeforeRestart);
    }

    /** The two sequences of MOT17, as two cameras; skips the test where they are not there. */
    static List<FrameDetections> mot17() throws IOException {
        String reference = System.getenv("FRAMEFLOW_REFERENCE_DATA");
        assumeThat(reference).as("FRAMEFLOW_REFERENCE_DATA").isNotBlank();
        List<FrameDetections> frames = new ArrayList<>();
        for (String name : List.of("MOT17-02", "MOT17-09")) {
            Path detections = Path.of(reference, "tracking", name, "det.txt");
            assumeThat(detections).as("reference data").exists();
            frames.addAll(read(name, detections));
        }
        frames.sort(Comparator.comparingLong(FrameDetections::getSequence));
        return Disorder.of(frames, 2, Sequences::isBeforeRestart);
    }

    private static List<FrameDetections> read(String camera, Path file) throws IOException {
        List<List<DetectedObject>> byFrame = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split(",", -1);
            int frame = Integer.parseInt(fields[0]);
            while (byFrame.size() < frame) {
                byFrame.add(new ArrayList<>());
            }
            byFrame.get(frame - 1)
                    .add(
                            Frames.object(
                                    Float.parseFloat(fields[2]),
                                    Float.parseFloat(fields[3]),
                                    Float.parseFloat(fields[4]),
                                    Float.parseFloat(fields[5]),
                                    Float.parseFloat(fields[6])));
        }
        List<FrameDetections> frames = new ArrayList<>();
        for (int i = 0; i < byFrame.size(); i++) {
            DetectedObject[] objects = byFrame.get(i).toArray(new DetectedObject[0]);
            frames.add(Frames.frame(camera, "recording", i, objects));
        }
        return frames;
    }

    /** Whether a frame is one of the same camera after a restart. */
    private static boolean isBeforeRestart(FrameDetections late, FrameDetections frame) {
        return frame.getCameraId().equals(late.getCameraId())
                && !frame.getSession().equals(late.getSession());
    }
}
