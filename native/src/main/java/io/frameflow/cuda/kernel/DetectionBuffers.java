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
package io.frameflow.cuda.kernel;

import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.model.ClassRules;
import io.frameflow.result.Detections;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The final detections of a batch, for each picture a count and {@code maxDetections} places. They
 * lie in the host's memory, into which the card writes what there is, rather than copy all places.
 */
public final class DetectionBuffers implements AutoCloseable {
    /** Numbers of a detection besides its keypoints. */
    private static final int COLUMNS = 7;

    /** Numbers of a keypoint: x, y, score. */
    private static final int KEYPOINT = 3;

    private final int batch;
    private final int maxDetections;
    private final int keypointCount;
    private final PinnedBuffer host;

    /**
     * Takes memory.
     *
     * @param batch pictures
     * @param maxDetections places a picture
     * @param keypointCount keypoints of each detection; 0 for networks without
     */
    public DetectionBuffers(int batch, int maxDetections, int keypointCount) {
        this.batch = batch;
        this.maxDetections = maxDetections;
        this.keypointCount = keypointCount;
        host = new PinnedBuffer(offset(COLUMNS + KEYPOINT * keypointCount));
    }

    /** Pictures. */
    public int batch() {
        return batch;
    }

    /** Places a picture. */
    public int maxDetections() {
        return maxDetections;
    }

    /** Keypoints of each detection. */
    public int keypointCount() {
        return keypointCount;
    }

    /** Whether the network's output for a picture was finite, once the work is done. */
    public boolean isFinite(int picture) {
        return host.view().getInt(picture * Integer.BYTES) >= 0;
    }

    /** The detections of one picture of any size and place, once the work is done. */
    Detections read(int picture) {
        return read(picture, ClassRules.NONE, Integer.MAX_VALUE);
    }

    /**
     * The detections of one picture, once the work is done. Boxes of which nothing lies in the
     * frame are left out: what a network sees in the padding is not there. So are those that the
     * rules do not admit.
     *
     * @param picture place of the picture
     * @param rules the size and place that objects may have; their scores have been seen to
     * @param frameHeight height of the source frame in pixels
     */
    public Detections read(int picture, ClassRules rules, int frameHeight) {
        ByteBuffer view = host.view();
        int found = view.getInt(picture * Integer.BYTES);
        float[] boxes = new float[4 * found];
        float[] scores = new float[found];
        int[] classIds = new int[found];
        float[] keypoints = new float[KEYPOINT * keypointCount * found];
        int count = 0;
        for (int i = 0; i < found; i++) {
            int place = picture * maxDetections + i;
            int box = (int) offset(0) + 4 * Float.BYTES * place;
            float top = view.getFloat(box + 4);
            float width = view.getFloat(box + 8);
            float height = view.getFloat(box + 12);
            int classId = view.getInt((int) offset(5) + Integer.BYTES * place);
            if (width > 0
                    && height > 0
                    && rules.limits(classId).admit(top, width, height, frameHeight)) {
                boxes[4 * count] = view.getFloat(box);
                boxes[4 * count + 1] = top;
                boxes[4 * count + 2] = width;
                boxes[4 * count + 3] = height;
                scores[count] = view.getFloat((int) offset(4) + Float.BYTES * place);
                classIds[count] = classId;
                readKeypoints(place, keypoints, count);
                count++;
            }
        }
        return new Detections(
                Arrays.copyOf(boxes, 4 * count),
                Arrays.copyOf(scores, count),
                Arrays.copyOf(classIds, count),
                Arrays.copyOf(keypoints, KEYPOINT * keypointCount * count),
                keypointCount);
    }

    private void readKeypoints(int place, float[] target, int detection) {
        int numbers = KEYPOINT * keypointCount;
        int at = (int) offset(COLUMNS) + Float.BYTES * numbers * place;
        for (int i = 0; i < numbers; i++) {
            target[numbers * detection + i] = host.view().getFloat(at + Float.BYTES * i);
        }
    }

    /**
     * The anchors of all that was kept of one picture, best first, once the work is done; also of
     * boxes that {@link #read} leaves out.
     */
    int[] keptAnchors(int picture) {
        ByteBuffer view = host.view();
        int[] kept = new int[Math.max(0, view.getInt(picture * Integer.BYTES))];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = view.getInt((int) offset(6) + Integer.BYTES * (picture * maxDetections + i));
        }
        return kept;
    }

    /** Writes the fields of {@code Output} in {@code suppress.cu}. */
    void putResults(ByteBuffer fields) {
        fields.putLong(host.address() + offset(0))
                .putLong(host.address() + offset(4))
                .putLong(host.address() + offset(5))
                .putLong(host.address() + offset(6))
                .putLong(host.address());
    }

    /** Where the card writes keypoints: x, y and score of each. */
    long keypoints() {
        return host.address() + offset(COLUMNS);
    }

    /**
     * Where a column begins: behind the counts, padded to 256 bytes, and {@code columns} numbers.
     */
    private long offset(int columns) {
        long counts = (batch * (long) Integer.BYTES + 255) / 256 * 256;
        return counts + (long) columns * batch * maxDetections * Integer.BYTES;
    }

    @Override
    public void close() {
        host.close();
    }
}
