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
import io.frameflow.operators.mapping.ResultSettings;
import io.frameflow.operators.preview.PreviewSettings;
import io.frameflow.operators.preview.Previews;
import io.frameflow.operators.testing.TestFrames;
import io.frameflow.operators.types.RecordTypes;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Preview;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.externalresource.ExternalResourceInfoProvider;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.util.TestingTaskManagerRuntimeInfo;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** Flink's harness around the batch operator; the thread of the test is that of the task. */
final class OperatorHarness implements AutoCloseable {
    static final Duration BATCH_TIMEOUT = Duration.ofMillis(20);
    static final int MAX_RESULT_BYTES = 16 << 10;
    static final String CAMERA = "gate";

    private final InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();
    private final MockEnvironment environment;
    private final OneInputStreamOperatorTestHarness<OpenedFrame, FrameDetections> harness;

    /** A harness that is not open yet. */
    OperatorHarness(Supplier<FramePipeline> pipeline) throws Exception {
        this(
                slot -> pipeline.get(),
                List.of(),
                new Configuration(),
                ExternalResourceInfoProvider.NO_EXTERNAL_RESOURCES,
                null);
    }

    /**
     * A harness that is not open yet, in a TaskManager with external resources.
     *
     * @param gpuIds the cards that the job says
     * @param taskManager configuration of the TaskManager
     * @param previews which frames are shown; null for none
     */
    OperatorHarness(
            FramePipelineFactory pipelines,
            List<Integer> gpuIds,
            Configuration taskManager,
            ExternalResourceInfoProvider externalResources,
            PreviewSettings previews)
            throws Exception {
        this(
                new BatchInferenceOperatorFactory(
                        pipelines,
                        gpuIds,
                        BATCH_TIMEOUT,
                        new ResultSettings(MAX_RESULT_BYTES, new DeadLetterFactory(1024)),
                        previews),
                taskManager,
                externalResources);
    }

    private OperatorHarness(
            OneInputStreamOperatorFactory<OpenedFrame, FrameDetections> factory,
            Configuration taskManager,
            ExternalResourceInfoProvider externalResources)
            throws Exception {
        environment =
                new MockEnvironmentBuilder()
                        .setMetricGroup(new TaskMetrics())
                        .setTaskManagerRuntimeInfo(new TestingTaskManagerRuntimeInfo(taskManager))
                        .setExternalResourceInfoProvider(externalResources)
                        .build();
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        factory,
                        OpenedFrame.type().createSerializer(new SerializerConfigImpl()),
                        environment);
        harness.setup(RecordTypes.frameDetections().createSerializer(new SerializerConfigImpl()));
    }

    /** A harness that is not open yet, around an operator that is controlled. */
    static OperatorHarness controlled(
            FramePipelineFactory pipelines, BatchInferenceOperator.ControlLink link)
            throws Exception {
        return new OperatorHarness(
                new LinkedFactory(
                        new BatchInferenceOperatorFactory(
                                pipelines,
                                List.of(),
                                BATCH_TIMEOUT,
                                new ResultSettings(MAX_RESULT_BYTES, new DeadLetterFactory(1024)),
                                null),
                        link),
                new Configuration(),
                ExternalResourceInfoProvider.NO_EXTERNAL_RESOURCES);
    }

    /** A harness that is open. */
    static OperatorHarness opened(FramePipeline pipeline) throws Exception {
        OperatorHarness opened = new OperatorHarness(() -> pipeline);
        opened.harness.open();
        return opened;
    }

    /** A harness that is open and shows frames. */
    static OperatorHarness opened(FramePipeline pipeline, PreviewSettings previews)
            throws Exception {
        OperatorHarness opened =
                new OperatorHarness(
                        slot -> pipeline,
                        List.of(),
                        new Configuration(),
                        ExternalResourceInfoProvider.NO_EXTERNAL_RESOURCES,
                        previews);
        opened.harness.open();
        return opened;
    }

    OneInputStreamOperatorTestHarness<OpenedFrame, FrameDetections> flink() {
        return harness;
    }

    /** Sends frames whose records' times are their numbers. */
    void send(long... sequences) throws Exception {
        for (long sequence : sequences) {
            harness.processElement(TestFrames.opened(CAMERA, sequence), sequence);
        }
    }

    /** Runs every mail that is in the mailbox. */
    void runMails() throws Exception {
        Optional<Mail> mail = nextMail();
        while (mail.isPresent()) {
            mail.get().run();
            mail = nextMail();
        }
    }

    private Optional<Mail> nextMail() {
        return harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
    }

    void setProcessingTime(long millis) throws Exception {
        harness.setProcessingTime(millis);
        runMails();
    }

    /** What left so far, as {@code frame 3}, {@code watermark 5} and so on. */
    List<String> output() {
        return harness.getOutput().stream().map(OperatorHarness::describe).toList();
    }

    List<StreamRecord<DeadLetter>> deadLetters() {
        Queue<StreamRecord<DeadLetter>> letters = harness.getSideOutput(DeadLetters.TAG);
        return letters == null ? List.of() : new ArrayList<>(letters);
    }

    List<StreamRecord<Preview>> previews() {
        Queue<StreamRecord<Preview>> previews = harness.getSideOutput(Previews.TAG);
        return previews == null ? List.of() : new ArrayList<>(previews);
    }

    long counter(String name) {
        return ((Counter) metrics.get(name)).getCount();
    }

    long histogramCount(String name) {
        return ((Histogram) metrics.get(name)).getCount();
    }

    Object gauge(String name) {
        return ((Gauge<?>) metrics.get(name)).getValue();
    }

    private static String describe(Object element) {
        if (element instanceof StreamRecord<?> record
                && record.getValue() instanceof FrameDetections detections) {
            return "frame " + detections.getSequence();
        }
        if (element instanceof Watermark watermark) {
            return "watermark " + watermark.getTimestamp();
        }
        if (element instanceof WatermarkStatus status) {
            return status.isIdle() ? "idle" : "active";
        }
        return element.getClass().getSimpleName();
    }

    @Override
    public void close() throws Exception {
        harness.close();
        environment.close();
    }

    /** Makes the operator without a coordinator, whose part the test plays. */
    private static final class LinkedFactory extends AbstractStreamOperatorFactory<FrameDetections>
            implements OneInputStreamOperatorFactory<OpenedFrame, FrameDetections> {
        private static final long serialVersionUID = 1;

        private final BatchInferenceOperatorFactory inference;
        private final transient BatchInferenceOperator.ControlLink link;

        LinkedFactory(
                BatchInferenceOperatorFactory inference, BatchInferenceOperator.ControlLink link) {
            this.inference = inference;
            this.link = link;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As inherited.
        public <T extends StreamOperator<FrameDetections>> T createStreamOperator(
                StreamOperatorParameters<FrameDetections> parameters) {
            return (T) inference.createOperator(parameters, link);
        }

        @Override
        @SuppressWarnings("rawtypes") // As inherited.
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return BatchInferenceOperator.class;
        }
    }

    private final class TaskMetrics extends InterceptingTaskMetricGroup {
        @Override
        public InternalOperatorMetricGroup getOrAddOperator(
                OperatorID id, String name, Map<String, String> variables) {
            return metrics;
        }
    }
}
