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

import io.frameflow.operators.control.coordination.ControlCoordinatorProvider;
import io.frameflow.operators.control.coordination.ControlPlan;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.schema.FrameDetections;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes the batch operator with a coordinator, which changes its settings and its model while it
 * runs. What became of control messages leaves as {@link
 * io.frameflow.operators.control.Acknowledgements#TAG}. The stream of frames is the same as
 * without: see {@link BatchInferenceOperatorFactory}.
 */
public final class ControlledInferenceOperatorFactory
        extends AbstractStreamOperatorFactory<FrameDetections>
        implements OneInputStreamOperatorFactory<OpenedFrame, FrameDetections>,
                CoordinatedOperatorFactory<FrameDetections> {
    private final BatchInferenceOperatorFactory inference;
    private final ControlPlan plan;

    ControlledInferenceOperatorFactory(BatchInferenceOperatorFactory inference, ControlPlan plan) {
        this.inference = inference;
        this.plan = plan;
        this.chainingStrategy = inference.getChainingStrategy();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As inherited.
    public <T extends StreamOperator<FrameDetections>> T createStreamOperator(
            StreamOperatorParameters<FrameDetections> parameters) {
        OperatorID id = parameters.getStreamConfig().getOperatorID();
        OperatorEventDispatcher dispatcher = parameters.getOperatorEventDispatcher();
        BatchInferenceOperator operator =
                inference.createOperator(
                        parameters,
                        new BatchInferenceOperator.ControlLink(
                                plan, dispatcher.getOperatorEventGateway(id)));
        dispatcher.registerEventHandler(id, operator);
        return (T) operator;
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID id) {
        return new ControlCoordinatorProvider(id, plan);
    }

    @Override
    @SuppressWarnings("rawtypes") // As inherited.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return BatchInferenceOperator.class;
    }
}
