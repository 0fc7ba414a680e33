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

import io.frameflow.cli.motchallenge.MotChallengeReader;
import io.frameflow.cli.motchallenge.MotChallengeRow;
import io.frameflow.schema.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The detections of a sequence of MOTChallenge's, by frame.
 *
 * @param boxes boxes of each frame, the highest score first
 */
public record DetectedSequence(List<List<MotChallengeRow>> boxes) {

    /** Whether the reference data are there; to be asked before they are read. */
    public static boolean areThere() {
        String reference = System.getenv("FRAMEFLOW_REFERENCE_DATA");
        return reference != null && Files.isDirectory(Path.of(reference, "tracking"));
    }

    /** Reads a sequence of the reference data. */
    public static DetectedSequence read(String name) throws Exception {
        Path file = Path.of(System.getenv("FRAMEFLOW_REFERENCE_DATA"), "tracking", name, "det.txt");
        List<List<MotChallengeRow>> boxes = new ArrayList<>();
        for (MotChallengeRow row : MotChallengeReader.read(file)) {
            while (boxes.size() < row.frame()) {
                boxes.add(new ArrayList<>());
            }
            boxes.get(row.frame() - 1).add(row);
        }
        boxes.forEach(
                ofFrame ->
                        ofFrame.sort(
                                Comparator.comparingDouble(MotChallengeRow::confidence)
                                        .reversed()));
        return new DetectedSequence(boxes);
    }

    /** The same sequence played backwards, which has other tracks. */
    public DetectedSequence backwards() {
        List<List<MotChallengeRow>> reversed = new ArrayList<>();
        for (int i = boxes.size() - 1; i >= 0; i--) {
            int frame = reversed.size() + 1;
            reversed.add(boxes.get(i).stream().map(row -> inFrame(frame, row)).toList());
        }
        return new DetectedSequence(reversed);
    }

    private static MotChallengeRow inFrame(int frame, MotChallengeRow row) {
        return new MotChallengeRow(
                frame,
                row.id(),
                row.left(),
                row.top(),
                row.width(),
                row.height(),
                row.confidence());
    }

    /** All boxes, as in a file of MOTChallenge's. */
    public List<MotChallengeRow> rows() {
        return boxes.stream().flatMap(List::stream).toList();
    }

    /** The frames as a camera publishes them, with {@link BoxPicture}s and sequences from 0. */
    public List<Frame> frames(String camera) {
        List<Frame> frames = new ArrayList<>();
        for (List<MotChallengeRow> ofFrame : boxes) {
            Frame frame = FramePublisher.frame(camera, frames.size());
            frame.setImage(BoxPicture.of(ofFrame));
            frames.add(frame);
        }
        return frames;
    }
}
