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

import io.frameflow.failure.FailureCode;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.operators.testing.FakePipeline;
import io.frameflow.operators.testing.FakeResults;
import io.frameflow.operators.testing.TestFrames;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.Findings;
import io.frameflow.result.RawTensor;
import io.frameflow.schema.DeadLetter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributesBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.function.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batching, order, draining and back-pressure. */
@Timeout(60)
class BatchInferenceOperatorTest {
    private static final int MAX_BATCH_SIZE = 4;
    private static final int MAX_IN_FLIGHT = 2;

    private final FakePipeline pipeline =
            new FakePipeline(MAX_BATCH_SIZE, MAX_IN_FLIGHT, BatchInferenceOperatorTest::examine);
    private OperatorHarness harness;

    @BeforeEach
    void open() throws Exception {
        harness = OperatorHarness.opened(pipeline);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
        assertThat(pipeline.isClosed()).isTrue();
    }

    /**
     * Rejects every frame whose number ends in 9; those above 100 that end in 8 have large results.
     */
    private static FrameResult examine(EncodedFrame frame) {
        if (frame.sequence() % 10 == 8 && frame.sequence() > 100) {
            byte[] data = new byte[OperatorHarness.MAX_RESULT_BYTES];
            RawTensor tensor =
                    new RawTensor("out", RawTensor.DataType.UINT8, List.of(data.length), data);
            return new FrameResult.Examined(
                    8,
                    8,
                    Findings.nothing().withTensors(List.of(tensor)),
                    new StageTimes(0, 0, 0, 0, 0));
        }
        return frame.sequence() % 10 == 9
                ? FakeResults.rejected(frame)
                : FakeResults.examined(frame);
    }

    @Test
    void sendsTheFirstFrameAtOnceBecauseThePipelineIsIdle() throws Exception {
        harness.send(0);

        assertThat(pipeline.batchSizes()).containsExactly(1);
    }

    @Test
    void collectsFramesWhileABatchIsInFlightAndSendsThemWhenItIsDone() throws Exception {
        harness.send(0, 1, 2, 3);
        assertThat(pipeline.batchSizes()).containsExactly(1);

        completeNext();

        assertThat(pipeline.batchSizes()).containsExactly(1, 3);
        assertThat(harness.output()).containsExactly("frame 0");
    }

    @Test
    void sendsAFullBatchWhileAnotherIsInFlight() throws Exception {
        harness.send(0, 1, 2, 3, 4, 5);

        assertThat(pipeline.batchSizes()).containsExactly(1, 4);
        assertThat(harness.gauge("inFlightBatches")).isEqualTo(2);
    }

    @Test
    void sendsABatchWhoseOldestFrameHasWaitedLongEnough() throws Exception {
        harness.send(0);
        harness.setProcessingTime(100);
        harness.send(1);
        harness.setProcessingTime(110);
        harness.send(2);

        harness.setProcessingTime(119);
        assertThat(pipeline.batchSizes()).containsExactly(1);

        harness.setProcessingTime(120);
        assertThat(pipeline.batchSizes()).containsExactly(1, 2);
        assertThat(harness.counter("timeoutFlushes")).isEqualTo(1);
    }

    @Test
    void keepsABatchPastItsTimeWhileThereIsNoRoomForIt() throws Exception {
        harness.send(0, 1, 2, 3, 4, 5);

        harness.setProcessingTime(1000);
        assertThat(pipeline.batchSizes()).containsExactly(1, 4);
        assertThat(harness.flink().getProcessingTimeService().getNumActiveTimers()).isZero();

        completeNext();
        assertThat(pipeline.batchSizes()).containsExactly(1, 4, 1);
    }

    @Test
    void doesNotSendABatchEarlyForTheTimerOfTheOneBeforeIt() throws Exception {
        harness.send(0, 1);
        harness.setProcessingTime(10);
        harness.send(2, 3, 4);
        assertThat(pipeline.batchSizes()).containsExactly(1, 4);
        completeNext();
        harness.send(5);

        harness.setProcessingTime(20);
        assertThat(pipeline.batchSizes()).containsExactly(1, 4);

        harness.setProcessingTime(30);
        assertThat(pipeline.batchSizes()).containsExactly(1, 4, 1);
    }

    @Test
    void holdsTheInputBackWhileABatchIsFullAndNoMoreMayBeInFlight() throws Exception {
        harness.send(0, 1, 2, 3, 4, 5, 6, 7);
        AtomicBoolean completed = new AtomicBoolean();
        CompletableFuture<Void> completion =
                later(
                        () -> {
                            completed.set(true);
                            pipeline.completeNext();
                        });

        harness.send(8);

        assertThat(completed).as("the frame was not taken before there was room").isTrue();
        assertThat(pipeline.batchSizes()).containsExactly(1, 4, 4);
        completion.join();
    }

    @Test
    void emitsInTheOrderOfTheFramesAndKeepsTheirTimes() throws Exception {
        harness.send(0, 1, 2, 3, 4);
        completeNext();
        completeNext();

        assertThat(harness.output())
                .containsExactly("frame 0", "frame 1", "frame 2", "frame 3", "frame 4");
        assertThat(harness.flink().extractOutputStreamRecords())
                .allSatisfy(
                        record ->
                                assertThat(record.getTimestamp())
                                        .isEqualTo(record.getValue().getSequence()));
    }

    @Test
    void emitsNothingOnTheThreadThatCompletesABatch() throws Exception {
        harness.send(0);

        CompletableFuture.runAsync(pipeline::completeNext).join();
        assertThat(harness.output()).isEmpty();

        harness.runMails();
        assertThat(harness.output()).containsExactly("frame 0");
    }

    @Test
    void leavesRecordsWithoutTimeWithoutTime() throws Exception {
        harness.flink().processElement(new StreamRecord<>(TestFrames.opened("gate", 1)));
        completeNext();

        assertThat(harness.flink().extractOutputStreamRecords())
                .singleElement()
                .satisfies(record -> assertThat(record.hasTimestamp()).isFalse());
    }

    @Test
    void doesNotKeepTheRecordsThatTheSenderUsesAgain() throws Exception {
        StreamRecord<OpenedFrame> reused = new StreamRecord<>(TestFrames.opened("gate", 0), 0);
        harness.flink().processElement(reused);
        harness.flink().processElement(reused.replace(TestFrames.opened("gate", 1), 1));
        harness.flink().processElement(reused.replace(TestFrames.opened("gate", 2), 2));
        completeNext();
        completeNext();

        assertThat(harness.output()).containsExactly("frame 0", "frame 1", "frame 2");
        assertThat(harness.flink().extractOutputStreamRecords())
                .extracting(StreamRecord::getTimestamp)
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void keepsEveryEventInItsPlaceBetweenFrames() throws Exception {
        harness.send(0);
        harness.flink().processWatermark(new Watermark(0));
        harness.send(1);
        harness.flink().processWatermarkStatus(WatermarkStatus.IDLE);
        harness.flink().getOneInputOperator().processLatencyMarker(marker());
        harness.send(2);
        harness.flink().processWatermarkStatus(WatermarkStatus.ACTIVE);
        harness.flink().processWatermark(new Watermark(2));
        harness.flink()
                .processRecordAttributes(
                        new RecordAttributesBuilder(List.of()).setBacklog(true).build());
        assertThat(harness.output()).isEmpty();
        assertThat(pipeline.batchSizes()).as("events make no batch leave").containsExactly(1);

        completeNext();
        assertThat(harness.output()).containsExactly("frame 0", "watermark 0");

        completeNext();
        assertThat(harness.output().subList(2, harness.output().size()))
                .containsExactly(
                        "frame 1",
                        "idle",
                        "LatencyMarker",
                        "frame 2",
                        "active",
                        "watermark 2",
                        "RecordAttributes");
    }

    @Test
    void passesEventsOnAtOnceWhereNoFrameWaits() throws Exception {
        harness.flink().processWatermark(new Watermark(5));
        harness.flink().processWatermarkStatus(WatermarkStatus.IDLE);

        assertThat(harness.output()).containsExactly("watermark 5", "idle");
    }

    @Test
    void drainsEveryFrameBeforeTheBarrierAndHasNoState() throws Exception {
        harness.send(0, 1, 2, 3, 4, 5, 6);
        harness.flink().processWatermark(new Watermark(6));
        whileCompleting(() -> harness.flink().prepareSnapshotPreBarrier(1));

        assertThat(harness.output()).hasSize(8).endsWith("frame 6", "watermark 6");
        assertThat(pipeline.batchSizes()).containsExactly(1, 4, 2);
        assertThat(harness.histogramCount("checkpointDrainMs")).isEqualTo(1);
        assertThat(harness.flink().snapshot(1, 1).hasState()).isFalse();
    }

    @Test
    void sendsWhatIsThereForACheckpointWithoutWaitingForItsTime() throws Exception {
        harness.send(0, 1);
        whileCompleting(() -> harness.flink().prepareSnapshotPreBarrier(1));

        assertThat(harness.counter("checkpointFlushes")).isEqualTo(1);
    }

    @Test
    void goesOnAfterACheckpoint() throws Exception {
        harness.send(0);
        whileCompleting(() -> harness.flink().prepareSnapshotPreBarrier(1));

        harness.send(1);
        completeNext();

        assertThat(harness.output()).containsExactly("frame 0", "frame 1");
    }

    @Test
    void drainsEveryFrameAtTheEndOfTheInput() throws Exception {
        harness.send(0, 1, 2);
        harness.flink().processWatermark(Watermark.MAX_WATERMARK);
        whileCompleting(() -> harness.flink().endInput());

        assertThat(harness.output())
                .containsExactly("frame 0", "frame 1", "frame 2", "watermark " + Long.MAX_VALUE);
    }

    @Test
    void putsRejectedFramesAsideWithTheirMessagesAndGoesOn() throws Exception {
        harness.send(8, 9, 10);
        completeNext();
        completeNext();

        assertThat(harness.output()).containsExactly("frame 8", "frame 10");
        assertThat(harness.deadLetters()).hasSize(1);
        assertThat(harness.deadLetters().get(0).getTimestamp()).isEqualTo(9);
        DeadLetter letter = harness.deadLetters().get(0).getValue();
        assertThat(letter.getCode()).isEqualTo(FailureCode.CORRUPT_IMAGE.name());
        assertThat(letter.getStage()).isEqualTo("decode");
        assertThat(letter.getSequence()).isEqualTo(9);
        assertThat(letter.getPayload().array())
                .isEqualTo(TestFrames.opened("gate", 9).message().value());
    }

    /** The broker would refuse the record each time. */
    @Test
    void putsFramesWithResultsAsideThatAreLargerThanTheirTopicTakes() throws Exception {
        harness.send(107, 108, 110);
        completeNext();
        completeNext();

        assertThat(harness.output()).containsExactly("frame 107", "frame 110");
        assertThat(harness.deadLetters()).hasSize(1);
        DeadLetter letter = harness.deadLetters().get(0).getValue();
        assertThat(letter.getCode()).isEqualTo(FailureCode.RESULT_TOO_LARGE.name());
        assertThat(letter.getSequence()).isEqualTo(108);
        assertThat(letter.getMessage()).contains("detections.max-result-size (16384)");
    }

    @Test
    void abandonsBatchesInFlightWhenItIsCancelled() throws Exception {
        harness.send(0, 1, 2);
        harness.flink().getTaskMailbox().close();

        harness.flink().getOperator().close();

        assertThat(pipeline.isClosed()).isTrue();
        assertThat(pipeline.inFlight()).isZero();
        assertThat(harness.output()).isEmpty();
    }

    @Test
    void reportsWhatItDid() throws Exception {
        harness.send(8, 9, 10, 11, 12);
        completeNext();
        completeNext();

        assertThat(harness.counter("framesIn")).isEqualTo(5);
        assertThat(harness.counter("framesOut")).isEqualTo(4);
        assertThat(harness.counter("idleFlushes")).isEqualTo(1);
        assertThat(harness.counter("fullFlushes")).isEqualTo(1);
        assertThat(harness.histogramCount("batchSize")).isEqualTo(2);
        assertThat(harness.histogramCount("queueWaitUs")).isEqualTo(2);
        assertThat(harness.histogramCount("frameAgeMs")).isEqualTo(4);
        assertThat(harness.gauge("inFlightBatches")).isEqualTo(0);
    }

    private void completeNext() throws Exception {
        pipeline.completeNext();
        harness.runMails();
    }

    /** Runs on another thread while the thread of the test waits for mails. */
    private static CompletableFuture<Void> later(Runnable action) {
        return CompletableFuture.runAsync(
                action, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
    }

    /** Completes batches on another thread for as long as the action runs. */
    private void whileCompleting(ThrowingRunnable<Exception> action) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> completion = later(() -> completeUntil(stop));
        try {
            action.run();
        } finally {
            stop.set(true);
            completion.join();
        }
    }

    private void completeUntil(AtomicBoolean stop) {
        while (!stop.get()) {
            if (pipeline.inFlight() > 0) {
                pipeline.completeNext();
            }
            LockSupport.parkNanos(100_000);
        }
    }

    private static LatencyMarker marker() {
        return new LatencyMarker(1, new OperatorID(), 0);
    }
}
