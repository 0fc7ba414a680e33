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

import io.frameflow.operators.deadletter.DeadLetterFactory;
import io.frameflow.operators.deadletter.DeadLetters;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.operators.mapping.ResultMapper;
import io.frameflow.operators.metrics.InferenceMetrics;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameResult.Examined;
import io.frameflow.pipeline.FrameResult.Rejected;
import io.frameflow.schema.FrameDetections;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames through a pipeline in batches and emits the results in the order of the frames.
 * Watermarks, idleness and all other events between frames keep their places.
 *
 * <p>Checkpoints: the batches in flight are drained before the barrier leaves, so no frame is ever
 * part of a checkpoint, and the operator has no state. That costs a checkpoint the time of the
 * batches in flight. A pipeline that no longer completes batches holds the checkpoint up until its
 * timeout fails the job, and cancellation until Flink's watchdog ends the process.
 */
final class BatchInferenceOperator extends AbstractStreamOperator<FrameDetections>
        implements OneInputStreamOperator<OpenedFrame, FrameDetections>, BoundedOneInput {
    private final transient FramePipelineFactory pipelineFactory;
    private final transient List<Integer> gpuIds;
    private final transient Duration batchTimeout;
    private final transient DeadLetterFactory deadLetters;
    private final transient MailboxExecutor mailbox;
    private final transient EmissionQueue queue = new EmissionQueue();

    private transient @Nullable FramePipeline pipeline;
    private transient BatchDispatcher dispatcher;
    private transient ResultMapper mapper;
    private transient InferenceMetrics inferenceMetrics;

    BatchInferenceOperator(
            StreamOperatorParameters<FrameDetections> parameters,
            FramePipelineFactory pipelineFactory,
            List<Integer> gpuIds,
            Duration batchTimeout,
            DeadLetterFactory deadLetters) {
        super(parameters);
        this.mailbox = parameters.getMailboxExecutor();
        this.pipelineFactory = pipelineFactory;
        this.gpuIds = gpuIds;
        this.batchTimeout = batchTimeout;
        this.deadLetters = deadLetters;
    }

    @Override
    public void open() throws Exception {
        super.open();
        FramePipeline opened = openPipeline();
        // From here on close() frees the pipeline, also where the rest of this method fails.
        pipeline = opened;
        mapper = new ResultMapper(opened.model(), deadLetters);
        inferenceMetrics = new InferenceMetrics(getMetricGroup());
        dispatcher =
                new BatchDispatcher(
                        opened,
                        new BatchingPolicy(
                                opened.maxBatchSize(),
                                opened.maxBatchesInFlight(),
                                batchTimeout.toMillis()),
                        mailbox,
                        getProcessingTimeService(),
                        inferenceMetrics,
                        () -> queue.drain(this::emit));
        inferenceMetrics.inFlightBatches(dispatcher::inFlight);
    }

    @Override
    public void processElement(StreamRecord<OpenedFrame> element) throws Exception {
        inferenceMetrics.frameIn();
        PendingFrame frame = new PendingFrame(element, System.nanoTime());
        queue.add(frame);
        dispatcher.add(frame);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        queue.addEvent(() -> super.processWatermark(mark));
    }

    @Override
    public void processWatermark(WatermarkEvent watermark) throws Exception {
        queue.addEvent(() -> super.processWatermark(watermark));
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus watermarkStatus) throws Exception {
        queue.addEvent(() -> super.processWatermarkStatus(watermarkStatus));
    }

    @Override
    public void processLatencyMarker(LatencyMarker latencyMarker) throws Exception {
        queue.addEvent(() -> super.processLatencyMarker(latencyMarker));
    }

    @Override
    public void processRecordAttributes(RecordAttributes recordAttributes) throws Exception {
        queue.addEvent(() -> super.processRecordAttributes(recordAttributes));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        long start = System.nanoTime();
        dispatcher.drain(FlushReason.CHECKPOINT);
        inferenceMetrics.checkpointDrained(System.nanoTime() - start);
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    /** Drains here and not in finish(), because timers are gone by then. */
    @Override
    public void endInput() throws Exception {
        dispatcher.drain(FlushReason.END_OF_INPUT);
    }

    @Override
    public void close() throws Exception {
        try {
            closePipeline();
        } finally {
            super.close();
        }
    }

    private FramePipeline openPipeline() throws Exception {
        try {
            return pipelineFactory.open(SlotGpus.find(gpuIds, getRuntimeContext()));
        } catch (RuntimeException e) {
            throw PipelineFailures.translate(e);
        }
    }

    private void closePipeline() throws Exception {
        FramePipeline closing = pipeline;
        if (closing == null) {
            return;
        }
        pipeline = null;
        try {
            closing.close();
        } catch (RuntimeException e) {
            throw PipelineFailures.translate(e);
        }
    }

    private void emit(PendingFrame frame) {
        FrameResult result = frame.result();
        if (result instanceof Examined examined) {
            output.collect(
                    frame.recordOf(
                            mapper.detections(frame.opened(), examined, frame.queueNanos())));
            inferenceMetrics.frameOut(ageMillis(frame));
        } else if (result instanceof Rejected rejected) {
            output.collect(
                    DeadLetters.TAG, frame.recordOf(mapper.deadLetter(frame.opened(), rejected)));
            inferenceMetrics.frameFailed(rejected.code());
        }
    }

    private static long ageMillis(PendingFrame frame) {
        return System.currentTimeMillis()
                - TimeUnit.MICROSECONDS.toMillis(frame.opened().frame().captureTimeMicros());
    }
}
