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

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.resource.Rollback;
import java.nio.ByteBuffer;

/**
 * What a detector's decoding leaves for the suppression: for each picture a list of keys (score and
 * anchor), and box and class by anchor.
 */
public final class CandidateBuffers implements AutoCloseable {
    private static final int BOX_BYTES = 4 * Float.BYTES;

    private final int batch;
    private final int anchors;
    private final DeviceBuffer keys;
    private final DeviceBuffer boxes;
    private final DeviceBuffer classIds;
    private final DeviceBuffer state;

    /**
     * Takes memory.
     *
     * @param batch pictures
     * @param anchors candidates that a picture can have
     */
    public CandidateBuffers(int batch, int anchors) {
        this.batch = batch;
        this.anchors = anchors;
        long all = (long) batch * anchors;
        try (Rollback rollback = new Rollback()) {
            keys = rollback.add(new DeviceBuffer(all * Long.BYTES));
            boxes = rollback.add(new DeviceBuffer(all * BOX_BYTES));
            classIds = rollback.add(new DeviceBuffer(all * Integer.BYTES));
            state = rollback.add(new DeviceBuffer(2L * batch * Integer.BYTES));
            rollback.commit();
        }
    }

    /** Queues emptying the lists; to be done before the candidates of a batch are decoded. */
    public void clear(CudaStream stream) {
        state.clear(stream);
    }

    /** Pictures. */
    public int batch() {
        return batch;
    }

    /** Candidates that a picture can have. */
    public int anchors() {
        return anchors;
    }

    /** Writes the fields of {@code CandidateSink} in {@code types.cuh}. */
    void putSink(ByteBuffer fields, ScoreThresholds thresholds) {
        fields.putLong(keys.address())
                .putLong(boxes.address())
                .putLong(classIds.address())
                .putLong(state.address())
                .putLong(nonFinite())
                .putLong(thresholds.frames())
                .putLong(thresholds.byClass())
                .putInt(anchors)
                .putFloat(thresholds.common())
                .putFloat(thresholds.leastOfClasses());
    }

    DeviceBuffer keys() {
        return keys;
    }

    DeviceBuffer boxes() {
        return boxes;
    }

    DeviceBuffer classIds() {
        return classIds;
    }

    /** First the number of keys of each picture, then the flags of {@link #nonFinite}. */
    DeviceBuffer state() {
        return state;
    }

    /** For each picture, whether the model's output had numbers that are not finite. */
    long nonFinite() {
        return state.address() + (long) batch * Integer.BYTES;
    }

    @Override
    public void close() {
        state.close();
        classIds.close();
        boxes.close();
        keys.close();
    }
}
