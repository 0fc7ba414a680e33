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

import io.frameflow.operators.control.ControlMessage;
import io.frameflow.operators.metrics.ControlMetrics;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of inference: {@link ControlDesk} between Flink's JobManager and the thread that
 * reads the messages. All calls into the desk hold one lock, for microseconds.
 *
 * <p>Flink holds commands back that are sent after this has made its part of a checkpoint, until
 * the subtask has made its own: so a checkpoint holds the same settings everywhere.
 */
final class ControlCoordinator implements OperatorCoordinator, FeedThread.Listener {
    private final ControlPlan plan;
    private final Context context;
    private final Clock clock;
    private final long sinceMillis;
    private final Object lock = new Object();
    private final ControlDesk desk;
    private @Nullable FeedThread feed;
    private boolean started;

    ControlCoordinator(ControlPlan plan, Context context, Clock clock) {
        this.plan = plan;
        this.context = context;
        this.clock = clock;
        this.sinceMillis = clock.millis();
        this.desk =
                new ControlDesk(
                        plan,
                        new Subtasks(context.currentParallelism()),
                        new Outbox(clock, NO_CHECKPOINT),
                        new ControlMetrics(context.metricGroup()));
    }

    @Override
    public void start() {
        started = true;
        startFeed();
    }

    private void startFeed() {
        FeedThread thread =
                new FeedThread(plan.feed(), this, sinceMillis, context.getUserCodeClassloader());
        synchronized (lock) {
            feed = thread;
        }
        thread.start();
    }

    @Override
    public void close() {
        FeedThread closing;
        synchronized (lock) {
            closing = feed;
            feed = null;
        }
        if (closing != null) {
            closing.close();
        }
    }

    @Override
    public Map<Integer, Long> positions() {
        synchronized (lock) {
            return desk.positions();
        }
    }

    @Override
    public void connected(FeedThread source, Map<Integer, Long> positions) {
        synchronized (lock) {
            if (source == feed) {
                desk.connected(positions);
            }
        }
    }

    @Override
    public void received(FeedThread source, ControlMessage message) {
        synchronized (lock) {
            if (source != feed) {
                return;
            }
            try {
                desk.receive(message);
            } catch (RuntimeException | Error e) {
                // Whatever this is: going on would lose the message.
                context.failJob(e);
            }
        }
    }

    @Override
    public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
        synchronized (lock) {
            desk.replied(subtask, (SubtaskReply) event);
        }
    }

    @Override
    public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
        synchronized (lock) {
            desk.ready(
                    subtask,
                    command -> {
                        // Flink fails the subtask where the command is lost.
                        var unused = gateway.sendEvent(command);
                    });
        }
    }

    @Override
    public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {
        synchronized (lock) {
            desk.gone(subtask);
        }
    }

    @Override
    public void subtaskReset(int subtask, long checkpointId) {
        synchronized (lock) {
            desk.fallBack(subtask, checkpointId);
        }
    }

    @Override
    public void checkpointCoordinator(long checkpointId, CompletableFuture<byte[]> result)
            throws IOException {
        synchronized (lock) {
            // Completed under the lock: no command may slip in between, and so before the barrier.
            result.complete(desk.checkpoint(checkpointId).toBytes());
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        synchronized (lock) {
            desk.checkpointCompleted(checkpointId);
        }
    }

    /** Begins anew with what a checkpoint held; without one from the messages read so far on. */
    @Override
    public void resetToCheckpoint(long checkpointId, byte @Nullable [] data) throws IOException {
        close();
        synchronized (lock) {
            Outbox outbox = new Outbox(clock, checkpointId);
            if (data == null) {
                desk.restoreNothing(outbox);
            } else {
                desk.restore(DeskState.of(data, outbox));
            }
        }
        if (started) {
            startFeed();
        }
    }
}
