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
package io.frameflow.operators.mapping;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.Stage;
import io.frameflow.pipeline.FrameResult.Rejected;
import io.frameflow.schema.ClassPixels;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Segmentation;
import io.frameflow.schema.Tensor;
import io.frameflow.schema.codec.RecordCodec;
import java.util.Optional;

/**
 * Keeps records from being larger than their topic takes, which would stop the job: the broker
 * refuses them each time. Most are told to be small by a bound that costs next to nothing; only
 * others are encoded to be measured. Used by one thread at a time.
 */
public final class ResultSizeLimit {
    /** More than all fields of a record take but its lists. */
    private static final long FRAME = 16 << 10;

    private static final long OBJECT = 128;
    private static final long KEYPOINT = 16;
    private static final long CLASS = 32;
    private static final long TENSOR = 128;

    /** Most bytes of a character in UTF-8. */
    private static final long CHARACTER = 3;

    /** What tracking adds to an object, at most: a long, a state and an int. */
    private static final long TRACK = 16;

    private final int maxBytes;
    private final RecordCodec<FrameDetections> codec = RecordCodec.forFrameDetections();

    /**
     * A limit.
     *
     * @param maxBytes most bytes of a record, with tracks
     */
    public ResultSizeLimit(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Why a record, which has no tracks yet, cannot be sent; empty if it can. */
    public Optional<Rejected> check(FrameDetections record) {
        if (bound(record) <= maxBytes) {
            return Optional.empty();
        }
        long bytes = codec.encode(record).length + TRACK * record.getObjects().size();
        if (bytes <= maxBytes) {
            return Optional.empty();
        }
        return Optional.of(
                new Rejected(
                        Stage.POSTPROCESS,
                        FailureCode.RESULT_TOO_LARGE,
                        ("the result has %d bytes, above detections.max-result-size (%d): raise it,"
                                        + " and max.message.bytes of the topic, or have the model"
                                        + " find less (thresholds.topk, output-tensors)")
                                .formatted(bytes, maxBytes)));
    }

    private static long bound(FrameDetections record) {
        long sum = FRAME;
        for (DetectedObject object : record.getObjects()) {
            sum += OBJECT + CHARACTER * object.getLabel().length();
            sum += object.getKeypoints() == null ? 0 : KEYPOINT * object.getKeypoints().size();
            sum += object.getMask() == null ? 0 : object.getMask().getCounts().length();
        }
        Segmentation map = record.getSegmentation();
        if (map != null) {
            sum += map.getRunLengthCode().remaining();
            for (ClassPixels pixels : map.getClasses()) {
                sum += CLASS + CHARACTER * pixels.getLabel().length();
            }
        }
        for (Tensor tensor : record.getTensors()) {
            sum += TENSOR + CHARACTER * tensor.getName().length() + tensor.getData().remaining();
        }
        return sum;
    }
}
