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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.testing.FakePipeline;
import io.frameflow.operators.testing.FakeResults;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the operator does when the pipeline fails. */
@Timeout(60)
class BatchInferenceOperatorFailureTest {
    private final FakePipeline pipeline = new FakePipeline(4, 2, FakeResults::examined);

    @ParameterizedTest
    @EnumSource(
            value = FailureCode.class,
            names = {"ENGINE_FAILED", "OUT_OF_MEMORY", "INTERNAL_ERROR"})
    void failsTheTaskWithTheFailureOfABatch(FailureCode code) throws Exception {
        try (OperatorHarness harness = OperatorHarness.opened(pipeline)) {
            FrameflowException failure = new FrameflowException(code, "a batch failed");
            harness.send(0);
            pipeline.failNext(new CompletionException(failure));

            assertThatThrownBy(harness::runMails).isSameAs(failure);
            assertThat(harness.output()).isEmpty();
        }
        assertThat(pipeline.isClosed()).isTrue();
    }

    @Test
    void endsTheProcessWhenTheDeviceIsLost() throws Exception {
        try (OperatorHarness harness = OperatorHarness.opened(pipeline)) {
            harness.send(0);
            pipeline.failNext(deviceLost());

            // InternalError is what Flink halts the process for, if it is not wrapped.
            assertThatExceptionOfType(InternalError.class)
                    .isThrownBy(harness::runMails)
                    .havingCause()
                    .isInstanceOf(FrameflowException.class);
        }
    }

    @Test
    void endsTheProcessWhenTheDeviceIsLostWhileATaskOpens() throws Exception {
        try (OperatorHarness harness =
                new OperatorHarness(
                        () -> {
                            throw deviceLost();
                        })) {
            assertThatExceptionOfType(InternalError.class).isThrownBy(harness.flink()::open);
        }
    }

    @Test
    void endsTheJobWithoutRestartsWhenTheConfigurationIsWrong() throws Exception {
        FrameflowException failure =
                new FrameflowException(FailureCode.INVALID_MODEL_FILE, "model.yaml is missing");
        try (OperatorHarness harness =
                new OperatorHarness(
                        () -> {
                            throw failure;
                        })) {
            assertThatExceptionOfType(SuppressRestartsException.class)
                    .isThrownBy(harness.flink()::open)
                    .withCause(failure);
        }
    }

    @Test
    void takesAWholeBatchOfBadInputForABug() throws Exception {
        try (OperatorHarness harness = OperatorHarness.opened(pipeline)) {
            harness.send(0);
            pipeline.failNext(new FrameflowException(FailureCode.CORRUPT_IMAGE, "bad"));

            assertThatThrownBy(harness::runMails)
                    .asInstanceOf(type(FrameflowException.class))
                    .extracting(FrameflowException::code)
                    .isEqualTo(FailureCode.INTERNAL_ERROR);
        }
    }

    @Test
    void takesAMissingResultForABug() throws Exception {
        try (OperatorHarness harness = OperatorHarness.opened(pipeline)) {
            harness.send(0);
            pipeline.completeNextWith(List.of());

            assertThatThrownBy(harness::runMails)
                    .asInstanceOf(type(FrameflowException.class))
                    .extracting(FrameflowException::code)
                    .isEqualTo(FailureCode.INTERNAL_ERROR);
        }
    }

    @Test
    void failsTheTaskThatWaitsForRoom() throws Exception {
        FakePipeline narrow = new FakePipeline(1, 1, FakeResults::examined);
        try (OperatorHarness harness = OperatorHarness.opened(narrow)) {
            harness.send(0);
            FrameflowException failure =
                    new FrameflowException(FailureCode.ENGINE_FAILED, "a batch failed");
            narrow.failNext(failure);

            assertThatThrownBy(() -> harness.send(1)).isSameAs(failure);
        }
    }

    @Test
    void failsTheTaskWhenAnErrorCompletesABatch() throws Exception {
        try (OperatorHarness harness = OperatorHarness.opened(pipeline)) {
            harness.send(0);
            OutOfMemoryError failure = new OutOfMemoryError("heap");
            pipeline.failNext(failure);

            assertThatThrownBy(harness::runMails).isSameAs(failure);
        }
    }

    @Test
    void closesAPipelineThatFailsWhileATaskOpens() throws Exception {
        HalfOpenPipeline halfOpen = new HalfOpenPipeline();
        try (OperatorHarness harness = new OperatorHarness(() -> halfOpen)) {
            assertThatThrownBy(harness.flink()::open).hasMessage("no model");
        }
        assertThat(halfOpen.closings).isEqualTo(1);
    }

    private static FrameflowException deviceLost() {
        return new FrameflowException(
                FailureCode.DEVICE_LOST, "an illegal address was encountered");
    }

    private static final class HalfOpenPipeline implements FramePipeline {
        private int closings;

        @Override
        public ModelDescription model() {
            throw new IllegalStateException("no model");
        }

        @Override
        public int maxBatchSize() {
            return 1;
        }

        @Override
        public int maxBatchesInFlight() {
            return 1;
        }

        @Override
        public CompletableFuture<List<FrameResult>> submit(List<EncodedFrame> frames) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closings++;
        }
    }
}
