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

import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.control.ControlChange;
import io.frameflow.operators.control.ControlRefusal;
import io.frameflow.operators.control.FrameControl;
import io.frameflow.operators.control.FrameControls;
import io.frameflow.operators.control.ModelChoice;
import io.frameflow.operators.control.SettingsTable;
import io.frameflow.operators.control.coordination.SubtaskCommand;
import io.frameflow.operators.control.coordination.SubtaskReply;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.schema.ControlAcknowledgement;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.jspecify.annotations.Nullable;

/**
 * Does in a subtask what the coordinator says: keeps the settings, opens models and changes over to
 * them. Everything runs on the thread of the task, and therefore between two frames.
 */
final class ControlPort implements AutoCloseable {
    private final String configuredModel;
    private final FrameControls controls;
    private final PipelineOpener opener;
    private final OperatorEventGateway coordinator;
    private final Host host;

    private SettingsTable table;
    private String runningModel;
    private boolean isCatchingUp;
    private @Nullable Opening opening;

    /** What a subtask does for its port. */
    interface Host {
        /** Changes over to a pipeline, which belongs to the host from this call on. */
        void switchTo(FramePipeline pipeline) throws Exception;

        /** Lets an acknowledgement go out. */
        void emit(ControlAcknowledgement acknowledgement);
    }

    /** A model that is being opened, or is open and waits for the others. */
    private static final class Opening {
        private final long number;
        private @Nullable FramePipeline pipeline;

        Opening(long number) {
            this.number = number;
        }
    }

    /**
     * A port that begins with what a checkpoint held.
     *
     * @param configuredModel the model file that the job's options name
     * @param table what is set; this instance owns it
     * @param controls what that means for frames
     * @param opener opens models; this instance closes it
     * @param coordinator where replies go
     */
    ControlPort(
            String configuredModel,
            SettingsTable table,
            FrameControls controls,
            PipelineOpener opener,
            OperatorEventGateway coordinator,
            Host host) {
        this.configuredModel = configuredModel;
        this.table = table;
        this.controls = controls;
        this.opener = opener;
        this.coordinator = coordinator;
        this.host = host;
        this.runningModel = modelOf(table);
        controls.update(table);
    }

    /** What control says about a frame of a camera that arrives now. */
    FrameControl of(String cameraId) {
        return controls.of(cameraId);
    }

    /** All that is set now. */
    SettingsTable table() {
        return table;
    }

    /** Does what the coordinator says. */
    void obey(SubtaskCommand command) throws Exception {
        if (command instanceof SubtaskCommand.Change change) {
            change(change.change());
            replyApplied();
        } else if (command instanceof SubtaskCommand.Emit emission) {
            host.emit(emission.acknowledgement());
        } else if (command instanceof SubtaskCommand.TakeTable taken) {
            take(taken.table());
        } else if (command instanceof SubtaskCommand.OpenModel model) {
            open(model);
        } else if (command instanceof SubtaskCommand.SwitchModel model) {
            switchModel(model);
        } else if (command instanceof SubtaskCommand.DropModel model) {
            drop(model.number());
        }
    }

    /** No more frames will come. */
    void inputEnded() {
        coordinator.sendEventToCoordinator(new SubtaskReply.Ended());
    }

    private void change(ControlChange change) {
        table.apply(change, configuredModel);
        controls.update(table);
    }

    private void take(SettingsTable newest) {
        table = newest;
        controls.update(table);
        String model = modelOf(newest);
        if (model.equals(runningModel)) {
            replyApplied();
        } else {
            catchUp(model);
        }
    }

    /** Changes over to a model that the other subtasks run since the checkpoint was made. */
    private void catchUp(String model) {
        isCatchingUp = true;
        opener.open(
                model,
                new PipelineOpener.Listener() {
                    @Override
                    public void opened(FramePipeline pipeline) throws Exception {
                        host.switchTo(pipeline);
                        runningModel = model;
                        isCatchingUp = false;
                        replyApplied();
                    }

                    @Override
                    public void notOpened(ControlRefusal reason) throws Exception {
                        // Where no restart helps, none is tried.
                        throw PipelineFailures.translate(
                                new FrameflowException(
                                        reason.code(),
                                        "the model %s, which the other subtasks run, cannot be opened: %s"
                                                .formatted(model, reason.message())));
                    }
                });
    }

    private void open(SubtaskCommand.OpenModel command) {
        dropOpening();
        Opening begun = new Opening(command.number());
        opening = begun;
        opener.open(
                command.modelFile(),
                new PipelineOpener.Listener() {
                    @Override
                    public void opened(FramePipeline pipeline) {
                        if (opening == begun) {
                            begun.pipeline = pipeline;
                            coordinator.sendEventToCoordinator(
                                    new SubtaskReply.ModelOpened(begun.number));
                        } else {
                            opener.retire(pipeline);
                        }
                    }

                    @Override
                    public void notOpened(ControlRefusal reason) {
                        if (opening == begun) {
                            opening = null;
                            coordinator.sendEventToCoordinator(
                                    new SubtaskReply.ModelNotOpened(begun.number, reason));
                        }
                    }
                });
    }

    private void switchModel(SubtaskCommand.SwitchModel command) throws Exception {
        Opening ready = opening;
        FramePipeline pipeline = ready == null ? null : ready.pipeline;
        if (ready == null || pipeline == null || ready.number != command.number()) {
            throw new IllegalStateException(
                    "the coordinator changes over to a model that is not open here");
        }
        opening = null;
        host.switchTo(pipeline);
        change(command.change());
        runningModel = modelOf(table);
        replyApplied();
    }

    private void drop(long number) {
        Opening current = opening;
        if (current != null && current.number == number) {
            dropOpening();
        }
    }

    /** Closes what is open; what is being opened is closed once it is. */
    private void dropOpening() {
        Opening current = opening;
        opening = null;
        if (current != null && current.pipeline != null) {
            opener.retire(current.pipeline);
        }
    }

    private void replyApplied() {
        if (!isCatchingUp) {
            coordinator.sendEventToCoordinator(new SubtaskReply.Applied(table.version()));
        }
    }

    private String modelOf(SettingsTable settings) {
        ModelChoice choice = settings.model();
        return choice == null ? configuredModel : choice.file();
    }

    /** Closes a pipeline that was changed for another, in the background. */
    void retire(FramePipeline pipeline) {
        opener.retire(pipeline);
    }

    /** Waits until nothing is being opened or closed. */
    @Override
    public void close() throws Exception {
        dropOpening();
        opener.close();
    }
}
