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
package io.frameflow.job;

import io.frameflow.job.config.Settings;
import io.frameflow.job.config.TrackingSettings;
import io.frameflow.operators.control.Acknowledgements;
import io.frameflow.operators.control.coordination.ControlPlan;
import io.frameflow.operators.deadletter.DeadLetterFactory;
import io.frameflow.operators.deadletter.DeadLetters;
import io.frameflow.operators.envelope.FrameMessage;
import io.frameflow.operators.envelope.OpenEnvelopeFunction;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.operators.inference.BatchInferenceOperatorFactory;
import io.frameflow.operators.mapping.ResultSettings;
import io.frameflow.operators.preview.Previews;
import io.frameflow.operators.tracking.TrackEvents;
import io.frameflow.operators.tracking.TrackingFunction;
import io.frameflow.operators.types.RecordTypes;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;

/**
 * The graph of the job, made from settings, pipelines and ends alone.
 *
 * <pre>
 * frames -> open envelope -> inference --(by camera)--> tracking -> detections
 *                |               |---> previews            | |---> events
 *                '---------------'-------------------------'-----> dead letters
 *
 * control messages -> coordinator of inference <-> inference -----> acknowledgements
 * </pre>
 *
 * <p>The first three are one chain: a frame is handed on by reference, in the thread of its source
 * subtask, and crosses no network. Only results do.
 *
 * <p>Control is no stream of the graph: the coordinator reads it in the JobManager and speaks with
 * the subtasks. Where the job is not controlled, there is no coordinator.
 *
 * <p>Event time is Kafka's time of a message. The order of frames does not depend on it: a camera's
 * frames are in order in their partition, and tracking goes by their sequence. It only tells for
 * how long a camera has been silent, so that its tracks end; no record is ever late by it.
 */
public final class JobTopology {

    /** How far the clocks of the publishers to one partition may differ. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    /** Time after which a silent partition no longer holds event time back. */
    private static final Duration IDLENESS = Duration.ofSeconds(10);

    private JobTopology() {}

    /**
     * Adds the graph to an environment, and configures how it is executed.
     *
     * @param environment gets the graph
     * @param settings settings of the job
     * @param pipelines opens the pipeline of each inference subtask
     * @param ends source and sinks
     */
    public static void build(
            StreamExecutionEnvironment environment,
            Settings settings,
            FramePipelineFactory pipelines,
            JobEnds ends) {
        ExecutionDefaults.apply(environment, settings.checkpoints());
        DeadLetterFactory deadLetters = new DeadLetterFactory(settings.maxDeadLetterPayload());
        SingleOutputStreamOperator<OpenedFrame> opened =
                openedFrames(environment, settings, deadLetters, ends);
        BatchInferenceOperatorFactory inference =
                new BatchInferenceOperatorFactory(
                        pipelines,
                        settings.inference().gpuIds(),
                        settings.inference().batchedPushTimeout(),
                        new ResultSettings(settings.maxResultSize(), deadLetters),
                        settings.previews().orElse(null));
        SingleOutputStreamOperator<FrameDetections> examined =
                ends.control()
                        .map(control -> examine(opened, controlled(inference, settings, control)))
                        .orElseGet(() -> examine(opened, inference));
        ends.control().ifPresent(control -> acknowledge(examined, control));
        ends.previews()
                .ifPresent(
                        sink ->
                                examined.getSideOutput(Previews.TAG)
                                        .sinkTo(sink)
                                        .name("previews")
                                        .uid("previews"));
        DataStream<DeadLetter> letters =
                opened.getSideOutput(DeadLetters.TAG)
                        .union(examined.getSideOutput(DeadLetters.TAG));
        DataStream<FrameDetections> results = examined;
        if (settings.tracking().enabled()) {
            SingleOutputStreamOperator<FrameDetections> tracked =
                    track(examined, settings.tracking());
            tracked.getSideOutput(TrackEvents.TAG)
                    .sinkTo(ends.events())
                    .name("events")
                    .uid("events");
            letters = letters.union(tracked.getSideOutput(DeadLetters.TAG));
            results = tracked;
        }
        results.sinkTo(ends.detections()).name("detections").uid("detections");
        letters.sinkTo(ends.deadLetters()).name("dead letters").uid("dead-letters");
    }

    private static SingleOutputStreamOperator<FrameDetections> examine(
            DataStream<OpenedFrame> opened,
            OneInputStreamOperatorFactory<OpenedFrame, FrameDetections> inference) {
        return opened.transform("inference", RecordTypes.frameDetections(), inference)
                .uid("inference");
    }

    private static OneInputStreamOperatorFactory<OpenedFrame, FrameDetections> controlled(
            BatchInferenceOperatorFactory inference, Settings settings, JobEnds.Control control) {
        return inference.controlledBy(
                new ControlPlan(
                        control.feed(),
                        settings.inference().pipeline().modelFile(),
                        settings.tracking().enabled()));
    }

    /** One writer is enough: one subtask lets all of them go out. */
    private static void acknowledge(
            SingleOutputStreamOperator<FrameDetections> examined, JobEnds.Control control) {
        examined.getSideOutput(Acknowledgements.TAG)
                .sinkTo(control.acknowledgements())
                .setParallelism(1)
                .name("acknowledgements")
                .uid("acknowledgements");
    }

    private static SingleOutputStreamOperator<FrameDetections> track(
            DataStream<FrameDetections> examined, TrackingSettings settings) {
        return examined.keyBy(FrameDetections::getCameraId, Types.STRING)
                .process(new TrackingFunction(settings.parameters()))
                .name("tracking")
                .uid("tracking");
    }

    private static SingleOutputStreamOperator<OpenedFrame> openedFrames(
            StreamExecutionEnvironment environment,
            Settings settings,
            DeadLetterFactory deadLetters,
            JobEnds ends) {
        return environment
                .fromSource(
                        ends.frames(),
                        WatermarkStrategy.<FrameMessage>forBoundedOutOfOrderness(CLOCK_SKEW)
                                .withIdleness(IDLENESS),
                        "frames",
                        FrameMessage.type())
                .uid("frames")
                .process(new OpenEnvelopeFunction(settings.maxMessageSize(), deadLetters))
                .name("open envelope")
                .uid("open-envelope");
    }
}
