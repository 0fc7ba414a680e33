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
package io.frameflow.operators.control.coordination;

import static io.frameflow.operators.control.ControlMessages.control;
import static io.frameflow.operators.control.ControlMessages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.failure.FailureCode;
import io.frameflow.operators.control.ControlFeed;
import io.frameflow.operators.control.ControlRefusal;
import io.frameflow.operators.metrics.ControlMetrics;
import io.frameflow.schema.Control;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.ControlOutcome;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions, told to subtasks that answer as the test wants. */
class ControlDeskTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.ofEpochSecond(1_790_000_000), ZoneOffset.UTC);
    private static final String CONFIGURED = "/models/first.yaml";

    private final List<List<SubtaskCommand>> told = List.of(new ArrayList<>(), new ArrayList<>());
    private ControlDesk desk = desk();
    private long offset;

    @BeforeEach
    void bothSubtasksRun() {
        ready(0);
        ready(1);
        applied(0, 0);
        applied(1, 0);
        told.forEach(List::clear);
    }

    private static ControlDesk desk() {
        ControlFeed feed = new NoFeed("control");
        return new ControlDesk(
                new ControlPlan(feed, CONFIGURED, false),
                new Subtasks(2),
                new Outbox(CLOCK, -1),
                new ControlMetrics(new UnregisteredMetricsGroup()));
    }

    @Test
    void aChangeIsToldToAllAndAcknowledgedOnceAllHaveAppliedIt() {
        send(control("c-1").setScoreThreshold(0.5f));
        assertThat(told)
                .allSatisfy(
                        commands ->
                                assertThat(commands)
                                        .singleElement()
                                        .isInstanceOf(SubtaskCommand.Change.class));

        applied(1, 1);
        assertThat(acknowledgements()).isEmpty();

        applied(0, 1);
        assertThat(acknowledgements()).hasSize(1);
        ControlAcknowledgement acknowledgement = acknowledgements().get(0);
        assertThat(acknowledgement.getOutcome()).isEqualTo(ControlOutcome.APPLIED);
        assertThat(acknowledgement.getControlId()).isEqualTo("c-1");
        assertThat(acknowledgement.getSubtasks()).isEqualTo(2);
        assertThat(acknowledgement.getMessage()).isEqualTo("score threshold 0.5 for all cameras");
        assertThat(acknowledgement.getSettings().getScoreThreshold()).isEqualTo(0.5f);
        assertThat(acknowledgement.getAcknowledgedAtUs()).isEqualTo(1_790_000_000_000_000L);
        assertThat(acknowledgement.getSourceOffset()).isZero();
    }

    @Test
    void nonsenseIsToldToNobodyAndRefusedAtOnce() {
        send(control("c-1").setScoreThreshold(2f));

        assertThat(told.get(1)).isEmpty();
        assertThat(acknowledgements())
                .singleElement()
                .satisfies(
                        acknowledgement -> {
                            assertThat(acknowledgement.getOutcome())
                                    .isEqualTo(ControlOutcome.REFUSED);
                            assertThat(acknowledgement.getCode()).isEqualTo("INVALID_CONTROL");
                            assertThat(acknowledgement.getSettings()).isNull();
                        });
    }

    @Test
    void trackingIsNotSwitchedOnInAJobWithoutIt() {
        send(control("c-1").setTrackingEnabled(true));
        assertThat(outcomes()).containsExactly("c-1 REFUSED");
    }

    @Test
    void aSubtaskThatStartsLaterGetsAllThatIsSet() {
        send(control("c-1").setScoreThreshold(0.5f));
        desk.gone(1);
        send(control("c-2").setScoreThreshold(0.6f));
        applied(0, 2);
        assertThat(outcomes()).as("one subtask does not run").isEmpty();

        told.get(1).clear();
        ready(1);
        assertThat(told.get(1))
                .singleElement()
                .isInstanceOfSatisfying(
                        SubtaskCommand.TakeTable.class,
                        taken -> assertThat(taken.table().version()).isEqualTo(2));
        applied(1, 2);
        assertThat(outcomes()).containsExactly("c-1 APPLIED", "c-2 APPLIED");
    }

    @Test
    void nobodyWaitsForASubtaskWhoseInputHasEnded() {
        desk.replied(0, new SubtaskReply.Ended());
        send(control("c-1").setScoreThreshold(0.5f));
        applied(1, 1);

        assertThat(acknowledgements(1)).hasSize(1);
        assertThat(told.get(0)).isEmpty();
    }

    @Test
    void aModelIsChangedOnceAllHaveOpenedIt() {
        send(control("m").setModelFile("/models/second.yaml").setScoreThreshold(0.5f));
        long number = openings(0).get(0).number();
        desk.replied(0, new SubtaskReply.ModelOpened(number));
        assertThat(switches(0)).isEmpty();

        send(control("c").setScoreThreshold(0.1f));
        desk.replied(1, new SubtaskReply.ModelOpened(number));

        assertThat(switches(0)).hasSize(1);
        assertThat(switches(1)).hasSize(1);
        applied(0, 2);
        applied(1, 2);
        assertThat(outcomes())
                .as("what was sent while the model was opened does not wait for it")
                .containsExactly("c APPLIED", "m APPLIED");
        assertThat(acknowledgements().get(1).getSettings().getModelFile())
                .isEqualTo("/models/second.yaml");
        assertThat(acknowledgements().get(1).getSettings().getScoreThreshold()).isEqualTo(0.5f);
    }

    @Test
    void allKeepTheirModelWhereOneCannotOpenTheNewOne() {
        send(control("m").setModelFile("/models/second.yaml").setScoreThreshold(0.5f));
        long number = openings(0).get(0).number();
        desk.replied(0, new SubtaskReply.ModelOpened(number));
        desk.replied(
                1,
                new SubtaskReply.ModelNotOpened(
                        number, new ControlRefusal(FailureCode.INVALID_PLAN, "there is no plan")));

        assertThat(told.get(0)).contains(new SubtaskCommand.DropModel(number));
        assertThat(switches(0)).isEmpty();
        ControlAcknowledgement acknowledgement = acknowledgements().get(0);
        assertThat(acknowledgement.getOutcome()).isEqualTo(ControlOutcome.FAILED);
        assertThat(acknowledgement.getCode()).isEqualTo("INVALID_PLAN");
        assertThat(acknowledgement.getMessage())
                .contains("subtask 1 of 2", "/models/second.yaml", "there is no plan");

        told.get(0).clear();
        ready(0);
        assertThat(((SubtaskCommand.TakeTable) told.get(0).get(0)).table().version()).isZero();
    }

    /** As it comes where both were sent while the job was down. */
    @Test
    void aSecondModelWaitsUntilTheFirstIsOpen() {
        send(control("m-1").setModelFile("/models/second.yaml"));
        send(control("m-2").setModelFile("/models/third.yaml"));
        send(control("s").setScoreThreshold(0.5f));
        assertThat(openings(0)).hasSize(1);
        openEverywhere(openings(0).get(0).number());
        assertThat(openings(0)).hasSize(2);
        assertThat(openings(0).get(1).modelFile()).isEqualTo("/models/third.yaml");
        openEverywhere(openings(0).get(1).number());
        applied(0, 3);
        applied(1, 3);

        assertThat(outcomes()).containsExactly("m-1 APPLIED", "m-2 APPLIED", "s APPLIED");
    }

    @Test
    void whatWaitsGoesOnWhereTheModelCannotBeOpened() {
        send(control("m-1").setModelFile("/models/second.yaml"));
        send(control("m-2").setModelFile("/models/third.yaml"));
        desk.replied(
                0,
                new SubtaskReply.ModelNotOpened(
                        openings(0).get(0).number(),
                        new ControlRefusal(FailureCode.INVALID_PLAN, "there is no plan")));

        assertThat(openings(0).get(1).modelFile()).isEqualTo("/models/third.yaml");
        assertThat(outcomes()).containsExactly("m-1 FAILED");
    }

    @Test
    void whatWaitsIsNotEndedByTheFailureThatEndedTheFirst() {
        send(control("m-1").setModelFile("/models/second.yaml"));
        send(control("m-2").setModelFile("/models/third.yaml"));
        desk.fallBack(0, -1);
        desk.fallBack(1, -1);
        send(control("s").setScoreThreshold(0.5f));
        told.forEach(List::clear);
        ready(0);
        ready(1);

        openEverywhere(openings(0).get(0).number());
        applied(0, 2);
        applied(1, 2);
        assertThat(outcomes()).containsExactly("m-1 FAILED", "m-2 APPLIED", "s APPLIED");
    }

    /** Of before anything could wait for the end of an opening. */
    @Test
    void readsStateOfTheFormatBefore() throws IOException {
        desk.connected(Map.of(0, 7L));
        send(control("c").setScoreThreshold(0.5f));
        byte[] bytes = desk.checkpoint(9).toBytes();
        ByteArrayOutputStream acknowledgements = new ByteArrayOutputStream();
        desk.checkpoint(9).outbox().write(new DataOutputStream(acknowledgements));
        int behind = bytes.length - acknowledgements.size();
        ByteBuffer before = ByteBuffer.allocate(bytes.length - Integer.BYTES);
        before.put((byte) 1).put(bytes, 1, behind - Integer.BYTES - 1);
        before.put(bytes, behind, acknowledgements.size());

        DeskState state = DeskState.of(before.array(), new Outbox(CLOCK, 9));

        assertThat(state.waiting()).isEmpty();
        assertThat(state.positions()).isEqualTo(desk.positions());
        assertThat(state.table().version()).isEqualTo(1);
    }

    @Test
    void aResetThatComesWithAModelForgetsNothingThatWasSentLater() throws IOException {
        send(control("m").setModelFile("/models/second.yaml").setReset(true));
        send(control("s").setScoreThreshold(0.5f));
        assertThat(outcomes()).as("it waits").isEmpty();
        DeskState state = DeskState.of(desk.checkpoint(9).toBytes(), new Outbox(CLOCK, 9));
        desk = desk();
        told.forEach(List::clear);
        desk.restore(state);
        ready(0);
        ready(1);

        openEverywhere(openings(0).get(0).number());
        applied(0, 2);
        applied(1, 2);

        assertThat(outcomes()).containsExactly("m APPLIED", "s APPLIED");
        assertThat(acknowledgements().get(1).getSettings().getScoreThreshold()).isEqualTo(0.5f);
    }

    private void openEverywhere(long number) {
        desk.replied(0, new SubtaskReply.ModelOpened(number));
        desk.replied(1, new SubtaskReply.ModelOpened(number));
    }

    @Test
    void aSubtaskThatStartsWhileAModelIsBeingOpenedOpensItToo() {
        send(control("m").setModelFile("/models/second.yaml"));
        long number = openings(0).get(0).number();
        desk.replied(0, new SubtaskReply.ModelOpened(number));
        desk.fallBack(0, 3);
        desk.replied(1, new SubtaskReply.ModelOpened(number));
        assertThat(switches(1)).as("subtask 0 has lost it").isEmpty();

        told.get(0).clear();
        ready(0);
        assertThat(openings(0)).hasSize(1);
        desk.replied(0, new SubtaskReply.ModelOpened(number));
        assertThat(switches(1)).hasSize(1);
    }

    /** Opening it may be what ends the process, which would go on for ever. */
    @Test
    void theChangeIsOverWhereASubtaskEndsWhileItOpensTheModel() {
        send(control("m").setModelFile("/models/second.yaml"));
        long number = openings(0).get(0).number();
        desk.gone(1);

        assertThat(told.get(0)).contains(new SubtaskCommand.DropModel(number));
        assertThat(outcomes()).containsExactly("m FAILED");
        assertThat(acknowledgements().get(0).getMessage())
                .contains("subtask 1 of 2 ended while it opened /models/second.yaml");
        told.forEach(List::clear);
        ready(1);
        assertThat(openings(1)).isEmpty();
    }

    @Test
    void answersAboutAnOlderModelMeanNothing() {
        send(control("m-1").setModelFile("/models/second.yaml"));
        long first = openings(0).get(0).number();
        desk.replied(
                0,
                new SubtaskReply.ModelNotOpened(
                        first, new ControlRefusal(FailureCode.INVALID_MODEL, "no")));
        send(control("m-2").setModelFile("/models/third.yaml"));
        desk.replied(1, new SubtaskReply.ModelOpened(first));
        desk.replied(0, new SubtaskReply.ModelOpened(first + 1));

        assertThat(switches(0)).isEmpty();
    }

    @Test
    void whatWentOutAfterTheCheckpointOfASubtaskGoesOutAgainWhereItFallsBack() {
        acknowledge("before");
        desk.checkpoint(5);
        acknowledge("after");
        desk.checkpointCompleted(5);
        told.get(0).clear();

        desk.fallBack(0, 5);
        ready(0);
        applied(0, 2);

        assertThat(outcomes()).containsExactly("after APPLIED");
    }

    @Test
    void whatWentOutByOneSubtaskIsNoMatterOfAnother() {
        acknowledge("c");
        told.get(0).clear();

        desk.fallBack(1, -1);
        ready(1);
        applied(1, 1);

        assertThat(outcomes()).isEmpty();
    }

    @Test
    void goesOnFromACheckpointWithWhatWasUnderWay() throws IOException {
        desk.connected(Map.of(0, 0L, 1, 17L));
        acknowledge("done");
        send(control("waits").setCameraId("gate").setNmsIouThreshold(0.5f));
        send(control("m").setModelFile("/models/second.yaml"));
        DeskState state = DeskState.of(desk.checkpoint(9).toBytes(), new Outbox(CLOCK, 9));
        desk = desk();
        told.forEach(List::clear);

        desk.restore(state);
        ready(0);
        ready(1);
        applied(0, 2);
        applied(1, 2);

        assertThat(desk.positions()).isEqualTo(Map.of(0, 3L, 1, 17L));
        assertThat(outcomes()).containsExactly("waits APPLIED");
        long number = openings(0).get(0).number();
        desk.replied(0, new SubtaskReply.ModelOpened(number));
        desk.replied(1, new SubtaskReply.ModelOpened(number));
        applied(0, 3);
        applied(1, 3);
        assertThat(outcomes()).containsExactly("waits APPLIED", "m APPLIED");
    }

    @Test
    void aFeedOfAnotherNameIsReadFromNowOn() throws IOException {
        desk.connected(Map.of(0, 7L));
        DeskState state = DeskState.of(desk.checkpoint(9).toBytes(), new Outbox(CLOCK, 9));
        ControlDesk other =
                new ControlDesk(
                        new ControlPlan(new NoFeed("other"), CONFIGURED, false),
                        new Subtasks(2),
                        new Outbox(CLOCK, -1),
                        new ControlMetrics(new UnregisteredMetricsGroup()));

        other.restore(state);

        assertThat(other.positions()).isEmpty();
    }

    @Test
    void withoutACheckpointItBeginsAgainWithTheFirstMessage() {
        desk.connected(Map.of(0, 4L));
        send(control("c").setScoreThreshold(0.5f));

        desk.restoreNothing(new Outbox(CLOCK, -1));
        told.forEach(List::clear);
        ready(0);

        assertThat(desk.positions()).isEqualTo(Map.of(0, 4L));
        assertThat(((SubtaskCommand.TakeTable) told.get(0).get(0)).table().version()).isZero();
    }

    private void acknowledge(String id) {
        long version = offset + 1;
        send(control(id).setScoreThreshold(0.5f));
        applied(0, version);
        applied(1, version);
    }

    private void send(Control.Builder control) {
        desk.receive(message(offset++, control));
    }

    private void ready(int subtask) {
        desk.ready(subtask, told.get(subtask)::add);
    }

    private void applied(int subtask, long version) {
        desk.replied(subtask, new SubtaskReply.Applied(version));
    }

    private List<SubtaskCommand.OpenModel> openings(int subtask) {
        return of(SubtaskCommand.OpenModel.class, subtask);
    }

    private List<SubtaskCommand.SwitchModel> switches(int subtask) {
        return of(SubtaskCommand.SwitchModel.class, subtask);
    }

    private <T> List<T> of(Class<T> type, int subtask) {
        return told.get(subtask).stream().filter(type::isInstance).map(type::cast).toList();
    }

    private List<ControlAcknowledgement> acknowledgements() {
        return acknowledgements(0);
    }

    private List<ControlAcknowledgement> acknowledgements(int subtask) {
        return of(SubtaskCommand.Emit.class, subtask).stream()
                .map(SubtaskCommand.Emit::acknowledgement)
                .toList();
    }

    private List<String> outcomes() {
        return acknowledgements().stream()
                .map(record -> record.getControlId() + " " + record.getOutcome())
                .toList();
    }

    private record NoFeed(String name) implements ControlFeed {
        @Override
        public Reader open(Map<Integer, Long> positions, long sinceMillis) {
            throw new UnsupportedOperationException();
        }
    }
}
