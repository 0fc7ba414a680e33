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
package io.frameflow.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.failure.FailureCode;
import io.frameflow.pipeline.StageTimes;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class InferenceMetricsTest {
    private final MetricListener listener = new MetricListener();
    private final InferenceMetrics metrics = new InferenceMetrics(listener.getMetricGroup());

    @Test
    void countsFailuresByCode() {
        metrics.frameFailed(FailureCode.CORRUPT_IMAGE);
        metrics.frameFailed(FailureCode.CORRUPT_IMAGE);
        metrics.frameFailed(FailureCode.EMPTY_IMAGE);

        assertThat(counter("code", "CORRUPT_IMAGE", "framesFailed")).isEqualTo(2);
        assertThat(counter("code", "EMPTY_IMAGE", "framesFailed")).isEqualTo(1);
    }

    @Test
    void countsBatchesByTheReasonForWhichTheyLeft() {
        metrics.batchSent(MetricNames.FULL_FLUSHES, 32, 5_999_999);
        metrics.batchSent(MetricNames.IDLE_FLUSHES, 2, 0);
        metrics.batchSent(MetricNames.IDLE_FLUSHES, 2, 0);

        assertThat(counter("fullFlushes")).isEqualTo(1);
        assertThat(counter("idleFlushes")).isEqualTo(2);
        assertThat(histogram("batchSize").getStatistics().getMax()).isEqualTo(32);
        assertThat(histogram("queueWaitUs").getStatistics().getMax()).isEqualTo(5_999);
    }

    @Test
    void keepsTheTimesOfTheStagesApart() {
        metrics.batchExamined(new StageTimes(1_000, 2_000, 3_000, 4_000, 5_000));

        assertThat(stageTime("decode")).isEqualTo(1);
        assertThat(stageTime("denoise")).isEqualTo(2);
        assertThat(stageTime("preprocess")).isEqualTo(3);
        assertThat(stageTime("inference")).isEqualTo(4);
        assertThat(stageTime("postprocess")).isEqualTo(5);
    }

    @Test
    void countsFramesAndTheirAge() {
        metrics.frameIn();
        metrics.frameIn();
        metrics.frameOut(120);

        assertThat(counter("framesIn")).isEqualTo(2);
        assertThat(counter("framesOut")).isEqualTo(1);
        assertThat(histogram("frameAgeMs").getStatistics().getMax()).isEqualTo(120);
    }

    @Test
    void givesDrainsInMilliseconds() {
        metrics.checkpointDrained(7_900_000);

        assertThat(histogram("checkpointDrainMs").getStatistics().getMax()).isEqualTo(7);
    }

    private long counter(String... identifier) {
        return listener.getCounter(identifier).orElseThrow().getCount();
    }

    private Histogram histogram(String... identifier) {
        return listener.getHistogram(identifier).orElseThrow();
    }

    private long stageTime(String stage) {
        return histogram("stage", stage, "stageTimeUs").getStatistics().getMax();
    }
}
