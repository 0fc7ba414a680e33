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

import io.frameflow.failure.FailureCode;
import io.frameflow.operators.control.Acknowledgements;
import io.frameflow.operators.control.ControlChange;
import io.frameflow.operators.control.ControlMessage;
import io.frameflow.operators.control.ControlOrigin;
import io.frameflow.operators.control.ControlReader;
import io.frameflow.operators.control.ControlRefusal;
import io.frameflow.operators.control.ModelChoice;
import io.frameflow.operators.control.SettingsTable;
import io.frameflow.operators.metrics.ControlMetrics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of control messages, and tells the subtasks.
 *
 * <p>Settings are told to all subtasks at once, and acknowledged when each has said that it has
 * them. A model is changed in two steps, so that all subtasks change over or none: each opens it
 * beside the running one, and only when all have succeeded are they told to change over. Settings
 * go on changing in the meantime. Another change of the model waits for its turn, and so does
 * whatever comes behind one, or behind a reset that comes with a model: what was sent later holds.
 *
 * <p>Knows nothing of threads: whoever calls it sees to it that calls come one after the other.
 */
final class ControlDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ControlDesk.class);

    /** A bound of the state; so many come only from a program that waits for no answer. */
    private static final int MOST_WAITING = 1000;

    private final ControlPlan plan;
    private final Subtasks subtasks;
    private final ControlMetrics metrics;
    private final ControlReader reader = new ControlReader();

    private Outbox outbox;
    private SettingsTable table = new SettingsTable();
    private Map<Integer, Long> positions = new HashMap<>();
    private Map<Integer, Long> firstPositions = Map.of();
    private final Deque<ControlMessage> waiting = new ArrayDeque<>();
    private @Nullable ModelOpening opening;
    private long openings;

    ControlDesk(ControlPlan plan, Subtasks subtasks, Outbox outbox, ControlMetrics metrics) {
        this.plan = plan;
        this.subtasks = subtasks;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /** Offset of the next message of each partition; empty before anything is known of them. */
    Map<Integer, Long> positions() {
        return Map.copyOf(positions);
    }

    /** The feed stands here; what is known already holds. */
    void connected(Map<Integer, Long> at) {
        at.forEach(positions::putIfAbsent);
        if (firstPositions.isEmpty()) {
            firstPositions = Map.copyOf(positions);
        }
    }

    /** Decides about a message. */
    void receive(ControlMessage message) {
        positions.put(message.partition(), message.offset() + 1);
        ControlReader.Outcome outcome = reader.read(message);
        if (outcome instanceof ControlReader.Refused refused) {
            refuse(refused.origin(), refused.refusal());
        } else if (outcome instanceof ControlReader.Accepted accepted) {
            consider(message, accepted.origin(), accepted.change());
        }
        outbox.flush(subtasks);
    }

    private void consider(ControlMessage message, ControlOrigin origin, ControlChange change) {
        if (!waits(change)) {
            decide(message, origin, change);
        } else if (waiting.size() == MOST_WAITING) {
            refuse(
                    origin,
                    new ControlRefusal(
                            FailureCode.MODEL_CHANGE_UNDER_WAY,
                            "a model is being opened, and %d changes wait for that: send this again later"
                                    .formatted(MOST_WAITING)));
        } else {
            LOG.info("Control {} waits until a model is open", change.controlId());
            waiting.add(message);
        }
    }

    private void decide(ControlMessage message, ControlOrigin origin, ControlChange change) {
        ControlRefusal refusal = check(change);
        if (refusal != null) {
            refuse(origin, refusal);
        } else if (change.modelFile() == null) {
            apply(origin, change);
            subtasks.tellAll(new SubtaskCommand.Change(change));
        } else {
            LOG.info("Every subtask opens the model {}", change.modelFile());
            beginOpening(message, origin, change);
        }
    }

    private boolean waits(ControlChange change) {
        ModelOpening current = opening;
        return !waiting.isEmpty()
                || (current != null && (change.modelFile() != null || current.change().reset()));
    }

    /** Decides about what waited for the end of an opening, until there is another one. */
    private void considerWaiting() {
        while (opening == null && !waiting.isEmpty()) {
            ControlMessage message = waiting.remove();
            if (reader.read(message) instanceof ControlReader.Accepted accepted) {
                decide(message, accepted.origin(), accepted.change());
            }
        }
    }

    private void beginOpening(ControlMessage message, ControlOrigin origin, ControlChange change) {
        openings++;
        ModelOpening begun = new ModelOpening(openings, message, origin, change);
        opening = begun;
        subtasks.tellAll(begun.command());
        switchIfOpenEverywhere();
    }

    private @Nullable ControlRefusal check(ControlChange change) {
        if (Boolean.TRUE.equals(change.settings().trackingEnabled()) && !plan.tracking()) {
            return new ControlRefusal(
                    FailureCode.INVALID_CONTROL,
                    "tracking cannot be switched on: the job runs with tracking.enabled false");
        }
        return table.check(change);
    }

    private void refuse(ControlOrigin origin, ControlRefusal refusal) {
        LOG.warn(
                "Control message {}-{}@{} is refused with {}: {}",
                origin.topic(),
                origin.partition(),
                origin.offset(),
                refusal.code(),
                refusal.message());
        metrics.refused();
        outbox.add(0, Acknowledgements.refused(origin, refusal));
    }

    private void apply(ControlOrigin origin, ControlChange change) {
        table.apply(change, plan.modelFile());
        LOG.info("Control {}: {}", change.controlId(), change);
        metrics.applied();
        outbox.add(
                table.version(),
                Acknowledgements.applied(
                        origin,
                        change,
                        Acknowledgements.settings(table, change.cameraId()),
                        subtasks.count()));
    }

    /** A subtask runs, with what its checkpoint held. */
    void ready(int subtask, Consumer<SubtaskCommand> sender) {
        subtasks.ready(subtask, sender);
        subtasks.tell(subtask, new SubtaskCommand.TakeTable(table.copy()));
        ModelOpening current = opening;
        if (current != null) {
            current.gone(subtask);
            subtasks.tell(subtask, current.command());
        }
        considerWaiting();
        outbox.flush(subtasks);
    }

    /**
     * A subtask no longer runs. If it was opening a model, that is over: it may be what ended it,
     * and would end it again. What waited for that goes on when a subtask runs again, since others
     * may end by the same failure.
     */
    void gone(int subtask) {
        subtasks.gone(subtask);
        ModelOpening current = opening;
        if (current == null) {
            return;
        }
        if (current.isOpenIn(subtask)) {
            current.gone(subtask);
        } else {
            fail(
                    current,
                    new ControlRefusal(
                            FailureCode.INTERNAL_ERROR,
                            "subtask %d of %d ended while it opened %s, so all keep the model they have:"
                                            .formatted(
                                                    subtask,
                                                    subtasks.count(),
                                                    current.change().modelFile())
                                    + " look for the reason in the log of its TaskManager, and send"
                                    + " this again"));
            outbox.flush(subtasks);
        }
    }

    /** A subtask begins again from a checkpoint. */
    void fallBack(int subtask, long toCheckpoint) {
        gone(subtask);
        outbox.fallBack(subtask, toCheckpoint);
    }

    /** A subtask has answered. */
    void replied(int subtask, SubtaskReply reply) {
        if (reply instanceof SubtaskReply.Applied applied) {
            subtasks.applied(subtask, applied.version());
        } else if (reply instanceof SubtaskReply.ModelOpened opened) {
            modelOpened(subtask, opened.number());
        } else if (reply instanceof SubtaskReply.ModelNotOpened failed) {
            modelNotOpened(subtask, failed);
        } else {
            subtasks.ended(subtask);
            switchIfOpenEverywhere();
        }
        outbox.flush(subtasks);
    }

    private void modelOpened(int subtask, long number) {
        ModelOpening current = opening;
        if (current != null && current.number() == number) {
            current.opened(subtask);
            switchIfOpenEverywhere();
        }
    }

    private void switchIfOpenEverywhere() {
        ModelOpening current = opening;
        if (current == null || !current.isOpenEverywhere(subtasks)) {
            return;
        }
        opening = null;
        ControlRefusal refusal = check(current.change());
        if (refusal != null) {
            subtasks.tellAll(new SubtaskCommand.DropModel(current.number()));
            refuse(current.origin(), refusal);
        } else {
            apply(current.origin(), current.change());
            subtasks.tellAll(new SubtaskCommand.SwitchModel(current.number(), current.change()));
        }
        considerWaiting();
    }

    private void modelNotOpened(int subtask, SubtaskReply.ModelNotOpened failed) {
        ModelOpening current = opening;
        if (current == null || current.number() != failed.number()) {
            return;
        }
        fail(
                current,
                new ControlRefusal(
                        failed.reason().code(),
                        "subtask %d of %d cannot open %s, so all keep the model they have: %s"
                                .formatted(
                                        subtask,
                                        subtasks.count(),
                                        current.change().modelFile(),
                                        failed.reason().message())));
        considerWaiting();
    }

    private void fail(ModelOpening current, ControlRefusal reason) {
        opening = null;
        subtasks.tellAll(new SubtaskCommand.DropModel(current.number()));
        LOG.warn("Control {} fails: {}", current.change().controlId(), reason.message());
        metrics.failed();
        outbox.add(0, Acknowledgements.failed(current.origin(), reason));
    }

    /** What a checkpoint is to hold. */
    DeskState checkpoint(long id) {
        outbox.checkpointBegins(id);
        ModelOpening current = opening;
        return new DeskState(
                plan.feed().name(),
                Map.copyOf(positions),
                table,
                current == null ? null : current.message(),
                List.copyOf(waiting),
                outbox);
    }

    void checkpointCompleted(long id) {
        outbox.checkpointCompleted(id);
    }

    /** All subtasks begin again, and there is no checkpoint yet: with the first message. */
    void restoreNothing(Outbox empty) {
        restore(
                new DeskState(
                        plan.feed().name(),
                        firstPositions,
                        new SettingsTable(),
                        null,
                        List.of(),
                        empty));
    }

    /** All subtasks begin again with what a checkpoint held. */
    void restore(DeskState state) {
        subtasks.allGone();
        table = state.table();
        outbox = state.outbox();
        positions =
                new HashMap<>(
                        state.feed().equals(plan.feed().name()) ? state.positions() : Map.of());
        ModelChoice over = table.forgetModelUnlessReplacing(plan.modelFile());
        if (over != null) {
            LOG.info(
                    "The model {} of control {} is over: model.file is now {}",
                    over.file(),
                    over.controlId(),
                    plan.modelFile());
        }
        opening = null;
        waiting.clear();
        waiting.addAll(state.waiting());
        ControlMessage message = state.opening();
        if (message != null && reader.read(message) instanceof ControlReader.Accepted accepted) {
            beginOpening(message, accepted.origin(), accepted.change());
        }
        considerWaiting();
    }
}
