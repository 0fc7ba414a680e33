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
package io.frameflow.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.metrics.MetricNames;
import io.frameflow.operators.preview.PreviewSettings;
import io.frameflow.operators.testing.FakePipeline;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.PreviewPictures;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.Detections;
import io.frameflow.result.Findings;
import io.frameflow.schema.Preview;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/** Which frames are examined with pictures, and what leaves with their results. */
class BatchInferencePreviewTest {
    private static final PreviewSettings EVERY_SECOND =
            new PreviewSettings(Duration.ofSeconds(1), 1000);

    @Test
    void picturesLeaveBesideTheResultsOfTheirFrames() throws Exception {
        FakePipeline pipeline = new FakePipeline(8, 2, BatchInferencePreviewTest::examine);
        try (OperatorHarness harness = OperatorHarness.opened(pipeline, EVERY_SECOND)) {
            harness.send(1, 2, 3);
            while (pipeline.inFlight() > 0) {
                pipeline.completeNext();
                harness.runMails();
            }

            assertThat(harness.output()).containsExactly("frame 1", "frame 2", "frame 3");
            List<StreamRecord<Preview>> previews = harness.previews();
            assertThat(previews).hasSize(1);
            assertThat(previews.get(0).getTimestamp()).isEqualTo(1);
            assertThat(previews.get(0).getValue().getSequence()).isEqualTo(1);
            assertThat(previews.get(0).getValue().getExamined()).isNotNull();
            assertThat(harness.counter(MetricNames.PREVIEWS_OUT)).isEqualTo(1);
            assertThat(harness.counter(MetricNames.PREVIEWS_TOO_LARGE)).isZero();
        }
    }

    @Test
    void withoutSettingsNobodyIsAskedForPictures() throws Exception {
        FakePipeline pipeline = new FakePipeline(8, 2, BatchInferencePreviewTest::examine);
        try (OperatorHarness harness = OperatorHarness.opened(pipeline)) {
            harness.send(1);
            pipeline.completeNext();
            harness.runMails();

            assertThat(pipeline.batches().get(0).get(0).settings().preview()).isFalse();
            assertThat(harness.previews()).isEmpty();
        }
    }

    private static FrameResult examine(EncodedFrame frame) {
        return new FrameResult.Examined(
                640,
                480,
                Findings.of(Detections.of(new float[0], new float[0], new int[0])),
                new StageTimes(1, 1, 1, 1, 1),
                1,
                frame.settings().preview()
                        ? new PreviewPictures(null, ByteBuffer.allocate(10))
                        : null);
    }
}
