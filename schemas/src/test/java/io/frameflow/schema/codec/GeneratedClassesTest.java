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
package io.frameflow.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.ClassPixels;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import io.frameflow.schema.Keypoint;
import io.frameflow.schema.Mask;
import io.frameflow.schema.ModelReference;
import io.frameflow.schema.Segmentation;
import io.frameflow.schema.StageDurations;
import io.frameflow.schema.Tensor;
import io.frameflow.schema.TensorDataType;
import io.frameflow.schema.Track;
import io.frameflow.schema.TrackState;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class GeneratedClassesTest {

    @Test
    void everyNestedRecordAndEnumIsReadAsItsGeneratedClass() throws RecordDecodingException {
        FrameDetections written =
                new FrameDetections(
                        "north",
                        "morning",
                        7L,
                        8L,
                        "frames",
                        0,
                        9L,
                        640,
                        360,
                        FrameStatus.OBJECTS,
                        new ModelReference("model", "1", "fp32", "onnxruntime"),
                        List.of(
                                new DetectedObject(
                                        0,
                                        "car",
                                        0.5f,
                                        new BoundingBox(1f, 2f, 3f, 4f),
                                        List.of(new Keypoint("nose", 1f, 2f, 0.5f)),
                                        new Mask(640, 360, "0"),
                                        new Track(1L, TrackState.CONFIRMED, 3))),
                        new Segmentation(
                                1,
                                2,
                                ByteBuffer.wrap(new byte[] {3, 2}),
                                List.of(new ClassPixels(3, "wall", 2L))),
                        List.of(
                                new Tensor(
                                        "output",
                                        TensorDataType.UINT8,
                                        List.of(1),
                                        ByteBuffer.wrap(new byte[] {1}))),
                        new StageDurations(1L, 2L, 3L, 4L, 5L, 6L, 7L),
                        8,
                        new AppliedSettings(0.5f, 0.5f, "default", 0.5f, true, "c-1"));
        RecordCodec<FrameDetections> codec = RecordCodec.forFrameDetections();

        assertThat(codec.decode(codec.encode(written))).isEqualTo(written);
    }

    @Test
    void classesThatTheSchemaDoesNotNameAreNotLookedUp() {
        Schema other = SchemaBuilder.record("java.io.File").fields().endRecord();

        assertThat(new GeneratedClasses(FrameDetections.class).getClass(other)).isNull();
    }
}
