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

import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.control.Acknowledgements;
import io.frameflow.operators.control.FrameControl;
import io.frameflow.operators.control.FrameControls;
import io.frameflow.operators.control.ModelChoice;
import io.frameflow.operators.control.SettingsTable;
import io.frameflow.operators.control.coordination.ControlPlan;
import io.frameflow.operators.control.coordination.SubtaskCommand;
import io.frameflow.operators.deadletter.DeadLetters;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.operators.mapping.ResultMapper;
import io.frameflow.operators.mapping.ResultSettings;
import io.frameflow.operators.mapping.ResultSizeLimit;
import io.frameflow.operators.metrics.InferenceMetrics;
import io.frameflow.operators.preview.PreviewSettings;
import io.frameflow.operators.preview.PreviewTap;
import io.frameflow.operators.preview.Previews;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameResult.Examined;
import io.frameflow.pipeline.FrameResult.Rejected;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.FrameDetections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames through a pipeline in batches and emits the results in the order of the frames.
 * Watermarks, idleness and all other events between frames keep their places.
 *
 * <p>Where the job is controlled, frames get the settings that are in force when they arrive, and
 * the pipeline is changed for that of another model between two batches; {@link ControlPort} sees
 * to both.
 *
 * <p>Checkpoints: the batches in flight are drained before the barrier leaves, so no frame is ever
 * part of a checkpoint, and the operator has no state but the settings of control. That costs a
 * checkpoint the time of the batches in flight. A pipeline that no longer completes batches holds
 * the checkpoint up until its timeout fails the job, and cancellation until Flink's watchdog ends
 * the process.
 */
final class BatchInferenceOperator extends AbstractStreamOperator<FrameDetections>
        implements OneInputStreamOperator<OpenedFrame, FrameDetections>,
                BoundedOneInput,
                OperatorEventHandler,
                ControlPort.Host {
    private final transient FramePipelineFactory pipelineFactory;
    private final transient List<Integer> gpuIds;
    private final transient Duration batchTimeout;
    private final transient ResultSettings results;
    private final transient @Nullable PreviewSettings previews;
    private final transient MailboxExecutor mailbox;
    private final transient EmissionQueue queue = new EmissionQueue();
    private final transient @Nullable ControlLink control;

    /** Those that this has to close; the last one is in use. */
    private final transient List<FramePipeline> pipelines = new ArrayList<>();

    private transient BatchDispatcher dispatcher;
    private transient InferenceMetrics inferenceMetrics;
    private transient ResultSizeLimit sizeLimit;
    private transient @Nullable ControlState controlState;
    private transient @Nullable ControlPort port;
    private transient @Nullable PreviewTap previewTap;

    /**
     * What ties an operator to its coordinator.
     *
     * @param plan what the job needs for being controlled
     * @param coordinator where replies go
     */
    record ControlLink(ControlPlan plan, OperatorEventGateway coordinator) {}

    BatchInferenceOperator(
            StreamOperatorParameters<FrameDetections> parameters,
            FramePipelineFactory pipelineFactory,
            List<Integer> gpuIds,
            Duration batchTimeout,
            ResultSettings results,
            @Nullable PreviewSettings previews,
            @Nullable ControlLink control) {
        super(parameters);
        this.mailbox = parameters.getMailboxExecutor();
        this.pipelineFactory = pipelineFactory;
        this.gpuIds = gpuIds;
        this.batchTimeout = batchTimeout;
        this.results = results;
        this.previews = previews;
        this.control = control;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        if (control != null) {
            controlState = new ControlState(context.getOperatorStateStore());
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (controlState != null && port != null) {
            controlState.store(port.table());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        SlotResources slot = findSlot();
        SettingsTable settings =
                control == null || controlState == null
                        ? new SettingsTable()
                        : controlState.restore(control.plan().modelFile());
        FramePipeline opened = openPipeline(settings.model(), slot);
        // From here on close() frees the pipeline, also where the rest of this method fails.
        pipelines.add(opened);
        RunningPipeline running = running(opened);
        inferenceMetrics = new InferenceMetrics(getMetricGroup());
        sizeLimit = new ResultSizeLimit(results.maxBytes());
        previewTap = previews == null ? null : new PreviewTap(previews, getMetricGroup());
        dispatcher =
                new BatchDispatcher(
                        running,
                        mailbox,
                        getProcessingTimeService(),
                        inferenceMetrics,
                        () -> queue.drain(this::emit),
                        this::retire);
        inferenceMetrics.inFlightBatches(dispatcher::inFlight);
        if (control != null) {
            port = port(control, settings, opened.defaults(), slot);
        }
    }

    private RunningPipeline running(FramePipeline pipeline) {
        return new RunningPipeline(
                pipeline,
                batchTimeout.toMillis(),
                new ResultMapper(pipeline.model(), pipeline.defaults(), results.deadLetters()));
    }

    private ControlPort port(
            ControlLink link, SettingsTable settings, FrameSettings defaults, SlotResources slot) {
        DenoiseSettings denoise = defaults.denoise();
        return new ControlPort(
                link.plan().modelFile(),
                settings,
                new FrameControls(denoise == null ? DenoiseSettings.OFF : denoise),
                new PipelineOpener(pipelineFactory, slot, mailbox),
                link.coordinator(),
                this);
    }

    /** What the coordinator says, between two frames. */
    @Override
    public void handleOperatorEvent(OperatorEvent event) {
        try {
            Objects.requireNonNull(port, "the operator is not open").obey((SubtaskCommand) event);
        } catch (Exception e) {
            // The interface allows no others, the task does.
            ExceptionUtils.rethrow(e);
        }
    }

    @Override
    public void switchTo(FramePipeline pipeline) throws Exception {
        pipelines.add(pipeline);
        dispatcher.switchTo(running(pipeline));
        inferenceMetrics.modelSwitched();
        LOG.info(
                "Model {} version {} has taken over",
                pipeline.model().name(),
                pipeline.model().version());
    }

    private void retire(FramePipeline pipeline) {
        pipelines.remove(pipeline);
        Objects.requireNonNull(port, "only control changes pipelines").retire(pipeline);
    }

    @Override
    public void emit(ControlAcknowledgement acknowledgement) {
        output.collect(Acknowledgements.TAG, new StreamRecord<>(acknowledgement));
    }

    @Override
    public void processElement(StreamRecord<OpenedFrame> element) throws Exception {
        inferenceMetrics.frameIn();
        FrameControl said =
                port == null ? FrameControl.NONE : port.of(element.getValue().frame().cameraId());
        PendingFrame frame = new PendingFrame(element, said, System.nanoTime());
        if (previewTap != null) {
            frame.examineAs(previewTap.choose(frame.encoded()));
        }
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
        if (port != null) {
            port.inputEnded();
        }
    }

    @Override
    public void close() throws Exception {
        try {
            // Each is closed, also where another fails.
            IOUtils.closeAll(port, this::closePipelines);
        } finally {
            super.close();
        }
    }

    private SlotResources findSlot() throws Exception {
        try {
            return SlotGpus.find(gpuIds, getRuntimeContext());
        } catch (FrameflowException e) {
            throw PipelineFailures.translate(e);
        }
    }

    /** That of the model that control has changed over to, or that of the job's options. */
    private FramePipeline openPipeline(@Nullable ModelChoice chosen, SlotResources slot)
            throws Exception {
        try {
            return chosen == null
                    ? pipelineFactory.open(slot)
                    : pipelineFactory.withModel(chosen.file()).open(slot);
        } catch (FrameflowException e) {
            if (chosen == null) {
                throw PipelineFailures.translate(e);
            }
            throw PipelineFailures.translate(
                    new FrameflowException(
                            e.code(),
                            ("control message '%s' has changed the model to %s, which cannot be"
                                            + " opened; put it back, or set model.file to another:"
                                            + " %s")
                                    .formatted(chosen.controlId(), chosen.file(), e.getMessage()),
                            e));
        } catch (RuntimeException e) {
            throw PipelineFailures.translate(e);
        }
    }

    private void closePipelines() throws Exception {
        List<FramePipeline> closing = List.copyOf(pipelines);
        pipelines.clear();
        try {
            IOUtils.closeAll(closing);
        } catch (Exception e) {
            throw PipelineFailures.translate(e);
        }
    }

    private void emit(PendingFrame frame) {
        FrameResult result = frame.result();
        if (result instanceof Examined examined) {
            emit(frame, examined);
        } else if (result instanceof Rejected rejected) {
            emit(frame, rejected);
        }
    }

    private void emit(PendingFrame frame, Examined examined) {
        FrameDetections record =
                frame.mapper()
                        .detections(frame.opened(), frame.control(), examined, frame.queueNanos());
        Optional<Rejected> tooLarge = sizeLimit.check(record);
        if (tooLarge.isPresent()) {
            emit(frame, tooLarge.get());
            return;
        }
        output.collect(frame.recordOf(record));
        inferenceMetrics.frameOut(ageMillis(frame));
        if (previewTap != null) {
            previewTap
                    .preview(frame.opened(), examined)
                    .ifPresent(preview -> output.collect(Previews.TAG, frame.recordOf(preview)));
        }
    }

    private void emit(PendingFrame frame, Rejected rejected) {
        output.collect(
                DeadLetters.TAG,
                frame.recordOf(frame.mapper().deadLetter(frame.opened(), rejected)));
        inferenceMetrics.frameFailed(rejected.code());
    }

    private static long ageMillis(PendingFrame frame) {
        return System.currentTimeMillis()
                - TimeUnit.MICROSECONDS.toMillis(frame.opened().frame().captureTimeMicros());
    }
}
