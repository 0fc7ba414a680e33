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

import static io.frameflow.operators.control.ControlMessages.change;
import static io.frameflow.operators.control.ControlMessages.control;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.failure.FailureCode;
import io.frameflow.operators.control.Acknowledgements;
import io.frameflow.operators.control.ControlChange;
import io.frameflow.operators.control.ControlFeed;
import io.frameflow.operators.control.SettingsTable;
import io.frameflow.operators.control.coordination.ControlPlan;
import io.frameflow.operators.control.coordination.SubtaskCommand;
import io.frameflow.operators.control.coordination.SubtaskReply;
import io.frameflow.operators.testing.FakePipeline;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.ControlOutcome;
import io.frameflow.schema.FrameDetections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A subtask of inference, and a test that plays the coordinator. */
@Timeout(60)
class ControlledInferenceTest {
    private final FakeModels models = new FakeModels();
    private final List<OperatorEvent> replies = new ArrayList<>();
    private OperatorHarness harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.flink().open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
        assertThat(models.pipelines.values()).allMatch(FakePipeline::isClosed);
    }

    private OperatorHarness harness() throws Exception {
        return OperatorHarness.controlled(
                models,
                new BatchInferenceOperator.ControlLink(
                        new ControlPlan(new NoFeed(), FakeModels.FIRST, true), replies::add));
    }

    @Test
    void framesHaveTheSettingsThatWereInForceWhenTheyArrived() throws Exception {
        harness.send(0, 1);
        tell(new SubtaskCommand.Change(change(control("all").setScoreThreshold(0.5f))));
        harness.send(2);
        tell(
                new SubtaskCommand.Change(
                        change(
                                control("own")
                                        .setCameraId(OperatorHarness.CAMERA)
                                        .setNmsIouThreshold(0.25f))));
        harness.send(3);
        completeAll(models.first());

        assertThat(models.first().batches().get(1))
                .as("frames of one batch may differ")
                .extracting(EncodedFrame::settings)
                .containsExactly(
                        FrameSettings.DEFAULT,
                        new FrameSettings(0.5f, null, null, false),
                        new FrameSettings(0.5f, 0.25f, null, false));
        assertThat(records())
                .extracting(FrameDetections::getSettings)
                .containsExactly(
                        new AppliedSettings(null, null, null, null, true, null),
                        new AppliedSettings(null, null, null, null, true, null),
                        new AppliedSettings(0.5f, null, null, null, true, "all"),
                        new AppliedSettings(0.5f, 0.25f, null, null, true, "own"));
        assertThat(replies)
                .containsExactly(new SubtaskReply.Applied(1), new SubtaskReply.Applied(2));
    }

    @Test
    void letsAcknowledgementsGoOut() throws Exception {
        ControlAcknowledgement record =
                ControlAcknowledgement.newBuilder()
                        .setControlId("c")
                        .setMessage("done")
                        .setOutcome(ControlOutcome.APPLIED)
                        .setSubtasks(1)
                        .setAcknowledgedAtUs(5)
                        .setSourceTopic("control")
                        .setSourcePartition(0)
                        .setSourceOffset(1)
                        .build();
        tell(new SubtaskCommand.Emit(record));

        assertThat(harness.flink().getSideOutput(Acknowledgements.TAG))
                .extracting(StreamRecord::getValue)
                .containsExactly(record);
    }

    @Test
    void theModelChangesBetweenTwoBatchesAndNoFrameIsLost() throws Exception {
        harness.send(0, 1, 2);
        openSecond(1);
        harness.send(3);
        tell(new SubtaskCommand.SwitchModel(1, toSecond()));
        assertThat(models.first().batchSizes())
                .as("what was collected goes to the model before")
                .containsExactly(1, 3);

        harness.send(4);
        assertThat(models.second().batchSizes()).containsExactly(1);
        completeAll(models.second());
        assertThat(records()).as("order holds").isEmpty();
        completeAll(models.first());

        assertThat(harness.output())
                .containsExactly("frame 0", "frame 1", "frame 2", "frame 3", "frame 4");
        assertThat(records())
                .extracting(record -> record.getModel().getName())
                .containsExactly(
                        FakeModels.FIRST,
                        FakeModels.FIRST,
                        FakeModels.FIRST,
                        FakeModels.FIRST,
                        FakeModels.SECOND);
        assertThat(records().get(4).getSettings().getControlId()).isEqualTo("m");
        await(() -> models.first().isClosed());
        assertThat(models.second().isClosed()).isFalse();
        assertThat(replies)
                .containsExactly(new SubtaskReply.ModelOpened(1), new SubtaskReply.Applied(1));
        assertThat(harness.counter("modelSwitches")).isEqualTo(1);
        assertThat(harness.counter("modelSwitchFlushes")).isEqualTo(1);
    }

    @Test
    void aFullPipelineDelaysTheChangeByOneBatch() throws Exception {
        harness.send(0, 1, 2, 3, 4, 5);
        assertThat(models.first().inFlight()).isEqualTo(2);
        openSecond(1);
        CompletableFuture<Void> completion =
                CompletableFuture.runAsync(
                        models.first()::completeNext,
                        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
        tell(new SubtaskCommand.SwitchModel(1, toSecond()));

        assertThat(models.first().batchSizes()).containsExactly(1, 4, 1);
        completion.join();
        completeAll(models.first());
        assertThat(harness.output()).hasSize(6);
    }

    @Test
    void aChangeWithNothingOnItsWayIsImmediate() throws Exception {
        openSecond(1);
        tell(new SubtaskCommand.SwitchModel(1, toSecond()));
        await(() -> models.first().isClosed());

        harness.send(0);
        completeAll(models.second());
        assertThat(records()).hasSize(1);
    }

    @Test
    void aCheckpointWaitsForBothModels() throws Exception {
        harness.send(0);
        openSecond(1);
        tell(new SubtaskCommand.SwitchModel(1, toSecond()));
        harness.send(1);
        CompletableFuture<Void> completion =
                CompletableFuture.runAsync(
                        () -> {
                            models.second().completeNext();
                            models.first().completeNext();
                        },
                        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
        harness.flink().prepareSnapshotPreBarrier(1);

        assertThat(harness.output()).containsExactly("frame 0", "frame 1");
        completion.join();
    }

    @Test
    void theOldModelStaysWhereTheNewOneCannotBeOpened() throws Exception {
        tell(new SubtaskCommand.OpenModel(1, "missing.yaml"));
        await(() -> !replies.isEmpty());

        assertThat(replies)
                .singleElement()
                .isInstanceOfSatisfying(
                        SubtaskReply.ModelNotOpened.class,
                        reply -> {
                            assertThat(reply.number()).isEqualTo(1);
                            assertThat(reply.reason().code())
                                    .isEqualTo(FailureCode.INVALID_MODEL_FILE);
                            assertThat(reply.reason().message()).isEqualTo("there is no such file");
                        });
        harness.send(0);
        completeAll(models.first());
        assertThat(records().get(0).getModel().getName()).isEqualTo(FakeModels.FIRST);
    }

    @Test
    void theOldModelStaysWhereTheFirstFrameFailsTheNewOne() throws Exception {
        tell(new SubtaskCommand.OpenModel(1, "cold.yaml"));
        await(() -> !replies.isEmpty());

        assertThat(replies.get(0))
                .isInstanceOfSatisfying(
                        SubtaskReply.ModelNotOpened.class,
                        reply ->
                                assertThat(reply.reason().code())
                                        .isEqualTo(FailureCode.ENGINE_FAILED));
        assertThat(models.pipelines.get("cold.yaml").isClosed()).isTrue();
    }

    @Test
    void aLostDeviceEndsTheProcessAlsoWhereAModelIsBeingOpened() throws Exception {
        tell(new SubtaskCommand.OpenModel(1, "lost.yaml"));

        assertThatExceptionOfType(InternalError.class)
                .isThrownBy(() -> await(() -> !replies.isEmpty()));
    }

    @Test
    void aModelThatOthersCannotOpenIsClosedAgain() throws Exception {
        openSecond(1);
        tell(new SubtaskCommand.DropModel(1));
        await(() -> models.second().isClosed());

        assertThatThrownBy(() -> tell(new SubtaskCommand.SwitchModel(1, toSecond())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aModelThatIsDroppedWhileItIsBeingOpenedIsClosedOnceItIs() throws Exception {
        models.gate = new CountDownLatch(1);
        tell(new SubtaskCommand.OpenModel(1, FakeModels.SECOND));
        tell(new SubtaskCommand.DropModel(1));
        models.gate.countDown();
        await(() -> models.second() != null && models.second().isClosed());

        assertThat(replies).isEmpty();
    }

    @Test
    void theEndOfATaskClosesWhatIsBeingOpened() throws Exception {
        models.gate = new CountDownLatch(1);
        tell(new SubtaskCommand.OpenModel(1, FakeModels.SECOND));
        harness.flink().getTaskMailbox().quiesce();
        models.gate.countDown();
        harness.flink().getOperator().close();

        assertThat(models.second().isClosed()).isTrue();
        assertThat(models.first().isClosed()).isTrue();
    }

    @Test
    void theEndOfATaskClosesWhatIsOpenAndNobodyHasHeardOf() throws Exception {
        tell(new SubtaskCommand.OpenModel(1, FakeModels.SECOND));
        while (!harness.flink().getTaskMailbox().hasMail()) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        harness.flink().getTaskMailbox().close();
        harness.flink().getOperator().close();

        assertThat(models.second().isClosed()).isTrue();
        assertThat(replies).isEmpty();
    }

    @Test
    void theOldModelStaysWhereALibraryOfTheNewOneIsMissing() throws Exception {
        tell(new SubtaskCommand.OpenModel(1, "unlinked.yaml"));
        await(() -> !replies.isEmpty());

        assertThat(replies.get(0))
                .isInstanceOfSatisfying(
                        SubtaskReply.ModelNotOpened.class,
                        reply -> assertThat(reply.reason().message()).contains("no such library"));
    }

    @Test
    void settingsAndTheModelComeBackBeforeTheFirstFrame() throws Exception {
        openSecond(1);
        tell(new SubtaskCommand.SwitchModel(1, toSecond()));
        tell(new SubtaskCommand.Change(change(control("c").setScoreThreshold(0.5f))));
        OperatorSubtaskState state = harness.flink().snapshot(1, 1);
        harness.close();
        models.pipelines.clear();

        harness = harness();
        harness.flink().initializeState(state);
        harness.flink().open();
        harness.send(0);
        completeAll(models.second());

        assertThat(models.pipelines.keySet()).containsExactly(FakeModels.SECOND);
        assertThat(records().get(0).getSettings())
                .isEqualTo(new AppliedSettings(0.5f, null, null, null, true, "c"));
    }

    @Test
    void saysWhichMessageChoseAModelThatIsGoneAfterARestart() throws Exception {
        openSecond(1);
        tell(new SubtaskCommand.SwitchModel(1, toSecond()));
        OperatorSubtaskState state = harness.flink().snapshot(1, 1);
        harness.close();
        models.broken = FakeModels.SECOND;

        harness = harness();
        harness.flink().initializeState(state);
        assertThatThrownBy(() -> harness.flink().open())
                .hasStackTraceContaining("control message 'm'")
                .hasStackTraceContaining("set model.file to another");
    }

    @Test
    void aSubtaskThatIsBehindTakesOverSettingsAtOnceAndTheModelOnceItIsOpen() throws Exception {
        SettingsTable newest = new SettingsTable();
        newest.apply(toSecond(), FakeModels.FIRST);
        newest.apply(change(control("c").setScoreThreshold(0.5f)), FakeModels.FIRST);
        models.gate = new CountDownLatch(1);

        tell(new SubtaskCommand.TakeTable(newest));
        harness.send(0);
        completeAll(models.first());
        assertThat(records().get(0).getSettings().getScoreThreshold()).isEqualTo(0.5f);
        assertThat(replies).as("not all of it is in force").isEmpty();

        models.gate.countDown();
        await(() -> !replies.isEmpty());
        assertThat(replies).containsExactly(new SubtaskReply.Applied(2));
        harness.send(1);
        completeAll(models.second());
        assertThat(records().get(1).getModel().getName()).isEqualTo(FakeModels.SECOND);
    }

    @Test
    void saysWhenItsInputHasEnded() throws Exception {
        harness.flink().endInput();

        assertThat(replies).containsExactly(new SubtaskReply.Ended());
    }

    private void openSecond(long number) throws Exception {
        tell(new SubtaskCommand.OpenModel(number, FakeModels.SECOND));
        await(() -> replies.contains(new SubtaskReply.ModelOpened(number)));
    }

    private static ControlChange toSecond() {
        return change(control("m").setModelFile(FakeModels.SECOND));
    }

    private void tell(SubtaskCommand command) {
        ((BatchInferenceOperator) harness.flink().getOneInputOperator())
                .handleOperatorEvent(command);
    }

    private void completeAll(FakePipeline pipeline) throws Exception {
        while (pipeline.inFlight() > 0) {
            pipeline.completeNext();
            harness.runMails();
        }
    }

    /** Runs mails until something that happens in the background has happened. */
    private void await(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            harness.runMails();
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private List<FrameDetections> records() {
        return harness.flink().extractOutputValues();
    }

    private static final class NoFeed implements ControlFeed {
        private static final long serialVersionUID = 1;

        @Override
        public String name() {
            return "control";
        }

        @Override
        public Reader open(Map<Integer, Long> positions, long sinceMillis) {
            throw new UnsupportedOperationException();
        }
    }
}
