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

import io.frameflow.operators.control.coordination.ControlPlan;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.operators.mapping.ResultSettings;
import io.frameflow.operators.preview.PreviewSettings;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.schema.FrameDetections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes the batch operator: each subtask opens a pipeline, sends frames through it in batches, and
 * emits one {@link FrameDetections} a frame, in the order of the frames. Frames that the pipeline
 * rejects leave as {@link io.frameflow.operators.deadletter.DeadLetters#TAG}, pictures of some
 * frames as {@link io.frameflow.operators.preview.Previews#TAG}.
 *
 * <p>Chain it with the operator that opens the envelopes, and turn object reuse on, so that no
 * frame is copied:
 *
 * <pre>{@code
 * frames.transform(
 *         "inference",
 *         RecordTypes.frameDetections(),
 *         new BatchInferenceOperatorFactory(
 *                 pipelineFactory, List.of(), batchTimeout, results, null))
 * }</pre>
 */
public final class BatchInferenceOperatorFactory
        extends AbstractStreamOperatorFactory<FrameDetections>
        implements OneInputStreamOperatorFactory<OpenedFrame, FrameDetections> {
    private final FramePipelineFactory pipelineFactory;
    private final ArrayList<Integer> gpuIds;
    private final Duration batchTimeout;
    private final ResultSettings results;
    private final @Nullable PreviewSettings previews;

    /**
     * A factory.
     *
     * @param pipelineFactory opens the pipeline of a subtask; says how large batches may be and how
     *     many may be in flight
     * @param gpuIds cards that the pipelines of a TaskManager share; none for those of Flink's
     *     external resource {@code gpu}, and where there is no such, all that a TaskManager sees
     * @param batchTimeout longest time that a frame waits for others while the pipeline has room
     *     for one more batch; whole milliseconds, 0 for not waiting
     * @param results how results become records
     * @param previews which frames are shown; null for none
     */
    public BatchInferenceOperatorFactory(
            FramePipelineFactory pipelineFactory,
            List<Integer> gpuIds,
            Duration batchTimeout,
            ResultSettings results,
            @Nullable PreviewSettings previews) {
        if (batchTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "batchTimeout is " + batchTimeout + ", must be 0 or more");
        }
        this.pipelineFactory = pipelineFactory;
        this.gpuIds = new ArrayList<>(gpuIds);
        this.batchTimeout = batchTimeout;
        this.results = results;
        this.previews = previews;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /**
     * A factory of such operators whose settings and model can be changed while they run.
     *
     * @param plan what the job needs for that
     */
    public ControlledInferenceOperatorFactory controlledBy(ControlPlan plan) {
        return new ControlledInferenceOperatorFactory(this, plan);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As inherited.
    public <T extends StreamOperator<FrameDetections>> T createStreamOperator(
            StreamOperatorParameters<FrameDetections> parameters) {
        return (T) createOperator(parameters, null);
    }

    BatchInferenceOperator createOperator(
            StreamOperatorParameters<FrameDetections> parameters,
            BatchInferenceOperator.@Nullable ControlLink control) {
        return new BatchInferenceOperator(
                parameters, pipelineFactory, gpuIds, batchTimeout, results, previews, control);
    }

    @Override
    @SuppressWarnings("rawtypes") // As inherited.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return BatchInferenceOperator.class;
    }
}
