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

import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.operators.control.FrameControl;
import io.frameflow.operators.deadletter.DeadLetterFactory;
import io.frameflow.operators.deadletter.Rejection;
import io.frameflow.operators.envelope.FrameMessage;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult.Examined;
import io.frameflow.pipeline.FrameResult.Rejected;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.ClassMap;
import io.frameflow.result.Detections;
import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.ClassPixels;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import io.frameflow.schema.Keypoint;
import io.frameflow.schema.ModelReference;
import io.frameflow.schema.Segmentation;
import io.frameflow.schema.StageDurations;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns what became of a frame into the record on the detections or the dead-letters topic. */
public final class ResultMapper {
    private final ModelDescription description;
    private final ModelReference model;
    private final FrameSettings defaults;
    private final DeadLetterFactory deadLetters;

    /**
     * A mapper for the results of one pipeline.
     *
     * @param description its model
     * @param defaults what holds there for frames without settings of their own
     * @param deadLetters makes the dead letters
     */
    public ResultMapper(
            ModelDescription description, FrameSettings defaults, DeadLetterFactory deadLetters) {
        this.description = description;
        this.defaults = defaults;
        this.deadLetters = deadLetters;
        this.model =
                new ModelReference(
                        description.name(),
                        description.version(),
                        description.precision(),
                        description.engine());
    }

    /**
     * The record of an examined frame. All records of a mapper share one model reference.
     *
     * @param opened the frame and its message
     * @param control what control said about it
     * @param result what was found
     * @param queueNanos time from reading the frame until its batch was handed to the pipeline
     */
    public FrameDetections detections(
            OpenedFrame opened, FrameControl control, Examined result, long queueNanos) {
        FrameMessage message = opened.message();
        EncodedFrame frame = opened.frame();
        FrameDetections detections = new FrameDetections();
        detections.setCameraId(frame.cameraId());
        detections.setSession(opened.session());
        detections.setSequence(frame.sequence());
        detections.setCaptureTimeUs(frame.captureTimeMicros());
        detections.setSourceTopic(message.topic());
        detections.setSourcePartition(message.partition());
        detections.setSourceOffset(message.offset());
        detections.setWidth(result.width());
        detections.setHeight(result.height());
        detections.setStatus(result.findings().isEmpty() ? FrameStatus.EMPTY : FrameStatus.OBJECTS);
        detections.setModel(model);
        detections.setObjects(objects(result.detections()));
        detections.setSegmentation(
                result.findings().classMap().map(this::segmentation).orElse(null));
        detections.setTensors(TensorMapper.tensors(result.findings().tensors()));
        detections.setDurations(durations(result.times(), queueNanos));
        detections.setDenoisedFrames(result.denoisedFrames());
        detections.setSettings(settings(control));
        return detections;
    }

    private AppliedSettings settings(FrameControl control) {
        FrameSettings own = control.settings();
        Float score = own.scoreThreshold();
        Float overlap = own.nmsIouThreshold();
        DenoiseSettings denoise = own.denoise() == null ? defaults.denoise() : own.denoise();
        return new AppliedSettings(
                score == null ? defaults.scoreThreshold() : score,
                overlap == null ? defaults.nmsIouThreshold() : overlap,
                denoise == null ? null : denoise.preset().label(),
                denoise == null ? null : denoise.strength(),
                control.trackingEnabled(),
                control.controlId());
    }

    /**
     * The record of a rejected frame.
     *
     * @param opened the frame and its message
     * @param result why it was rejected
     */
    public DeadLetter deadLetter(OpenedFrame opened, Rejected result) {
        FrameMessage message = opened.message();
        return deadLetters.create(
                message,
                message.value(),
                opened.identity(),
                new Rejection(result.stage(), result.code(), result.message()));
    }

    private List<DetectedObject> objects(Detections found) {
        List<DetectedObject> objects = new ArrayList<>(found.count());
        for (int i = 0; i < found.count(); i++) {
            int classId = found.classIds()[i];
            objects.add(
                    new DetectedObject(
                            classId,
                            description.label(classId),
                            found.scores()[i],
                            box(found.boxes(), i),
                            keypoints(found, i),
                            null,
                            null));
        }
        return objects;
    }

    private Segmentation segmentation(ClassMap map) {
        List<ClassPixels> classes = new ArrayList<>();
        long[] counts = map.pixelCounts();
        for (int classId = 0; classId < counts.length; classId++) {
            if (counts[classId] > 0) {
                classes.add(new ClassPixels(classId, description.label(classId), counts[classId]));
            }
        }
        return new Segmentation(
                map.width(), map.height(), ByteBuffer.wrap(map.toRunLengthCode()), classes);
    }

    private static BoundingBox box(float[] boxes, int object) {
        int at = 4 * object;
        return new BoundingBox(boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]);
    }

    private @Nullable List<Keypoint> keypoints(Detections found, int object) {
        int count = found.keypointCount();
        if (count == 0) {
            return null;
        }
        List<Keypoint> keypoints = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            int at = 3 * (object * count + k);
            float[] values = found.keypoints();
            keypoints.add(
                    new Keypoint(keypointName(k), values[at], values[at + 1], values[at + 2]));
        }
        return keypoints;
    }

    private String keypointName(int index) {
        List<String> names = description.keypointNames();
        return index < names.size() ? names.get(index) : Integer.toString(index);
    }

    private static StageDurations durations(StageTimes times, long queueNanos) {
        return new StageDurations(
                TimeUnit.NANOSECONDS.toMicros(queueNanos),
                TimeUnit.NANOSECONDS.toMicros(times.decode()),
                TimeUnit.NANOSECONDS.toMicros(times.denoise()),
                TimeUnit.NANOSECONDS.toMicros(times.preprocess()),
                TimeUnit.NANOSECONDS.toMicros(times.inference()),
                TimeUnit.NANOSECONDS.toMicros(times.postprocess()),
                0L);
    }
}
