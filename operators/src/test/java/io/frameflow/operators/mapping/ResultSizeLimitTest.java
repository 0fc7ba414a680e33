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

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.failure.FailureCode;
import io.frameflow.operators.control.FrameControl;
import io.frameflow.operators.deadletter.DeadLetterFactory;
import io.frameflow.operators.testing.TestFrames;
import io.frameflow.pipeline.FrameResult.Examined;
import io.frameflow.pipeline.FrameResult.Rejected;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.ClassMap;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import io.frameflow.result.RawTensor;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Track;
import io.frameflow.schema.TrackState;
import io.frameflow.schema.codec.RecordCodec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultSizeLimitTest {
    private static final String LABEL = "\u4eba".repeat(20);

    private static FrameDetections record(String kind) {
        Findings findings =
                switch (kind) {
                    case "objects" -> Findings.of(objects());
                    case "map" -> Findings.of(map());
                    default -> Findings.nothing().withTensors(List.of(tensor()));
                };
        return new ResultMapper(
                        new ModelDescription(
                                "m", "1", "fp32", "e", List.of(LABEL, LABEL), List.of()),
                        FrameSettings.DEFAULT,
                        new DeadLetterFactory(0))
                .detections(
                        TestFrames.opened("gate", 7),
                        FrameControl.NONE,
                        new Examined(500, 400, findings, new StageTimes(1, 2, 3, 4, 5)),
                        6);
    }

    private static Detections objects() {
        int count = 1000;
        return Detections.of(new float[4 * count], new float[count], new int[count]);
    }

    /** A run for each pixel. */
    private static ClassMap map() {
        byte[] ids = new byte[500 * 400];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (byte) (i % 2);
        }
        return ClassMap.of(500, 400, ids);
    }

    private static RawTensor tensor() {
        byte[] data = new byte[100_000];
        return new RawTensor("out", RawTensor.DataType.UINT8, List.of(data.length), data);
    }

    /** The largest that it can become with tracks. */
    private static int bytes(FrameDetections record) {
        record.getObjects()
                .forEach(
                        object ->
                                object.setTrack(
                                        new Track(
                                                Long.MAX_VALUE,
                                                TrackState.CONFIRMED,
                                                Integer.MAX_VALUE)));
        return RecordCodec.forFrameDetections().encode(record).length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"objects", "map", "tensor"})
    void takesWhatFitsAndNoMore(String kind) {
        int bytes = bytes(record(kind));
        assertThat(bytes).isGreaterThan(60_000);

        assertThat(new ResultSizeLimit(bytes).check(record(kind))).isEmpty();
        assertThat(new ResultSizeLimit(bytes - 1).check(record(kind)))
                .map(Rejected::code)
                .contains(FailureCode.RESULT_TOO_LARGE);
    }
}
