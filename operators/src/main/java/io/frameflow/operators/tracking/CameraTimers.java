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
package io.frameflow.operators.tracking;

import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a camera, in event time: one that tells whether it is silent, and, while frames
 * wait for earlier ones, one that ends their waiting. Not thread-safe.
 *
 * <p>Neither does anything while the camera was heard of lately by the clock of the machine, and by
 * it only while the job ran: one message from the future moves event time on for all cameras.
 *
 * <p>Event time stands still where all cameras are silent. A third timer, by the clock of the
 * machine, therefore sees to it that no frame waits for ever.
 */
final class CameraTimers {
    private final CameraState camera;
    private final Reordering reordering;
    private final long idleMillis;
    private long firstCallMillis = CameraState.NO_TIME;

    /** The timers of whichever camera's state is loaded. */
    CameraTimers(CameraState camera, TrackingParameters parameters) {
        this.camera = camera;
        this.reordering = parameters.reordering();
        this.idleMillis = parameters.idleTimeout().toMillis();
    }

    /** Whether by Kafka's time a timer may have ended the tracks before this frame. */
    boolean isAfterSilence(@Nullable Long timestamp) {
        return timestamp != null
                && camera.eventTimeMillis != CameraState.NO_TIME
                && timestamp >= Times.later(camera.eventTimeMillis, idleMillis);
    }

    /**
     * Notes that the camera was heard of. Its timer is moved on when it fires, not with every
     * frame.
     */
    void heard(@Nullable Long timestamp, TimerService timers) {
        camera.processedAtMillis = now(timers);
        if (timestamp == null) {
            camera.eventTimeMillis = CameraState.NO_TIME;
            return;
        }
        camera.eventTimeMillis = timestamp;
        long due = Times.later(Math.max(timestamp, timers.currentWatermark()), idleMillis);
        if (camera.timerMillis > due) {
            delete(camera.timerMillis, camera.heldTimerMillis, timers);
            camera.timerMillis = CameraState.NO_TIME;
        }
        if (camera.timerMillis == CameraState.NO_TIME) {
            setIdleTimer(due, timers);
        }
    }

    /** Sets the timers for the frames that wait; where none does, takes away that in event time. */
    void setHeldTimers(TimerService timers) {
        if (!camera.held.isEmpty()) {
            setClockTimer(timers);
        }
        boolean isSet = camera.heldTimerMillis != CameraState.NO_TIME;
        if (camera.held.isEmpty() && isSet) {
            delete(camera.heldTimerMillis, camera.timerMillis, timers);
            camera.heldTimerMillis = CameraState.NO_TIME;
        } else if (!camera.held.isEmpty() && !isSet) {
            setHeldTimer(reordering.deadline(camera.held), timers);
        }
    }

    /** Whether this call of a timer ends the waiting of frames; it may set another one. */
    boolean endsWaiting(long timestamp, TimerService timers) {
        if (timestamp != camera.heldTimerMillis) {
            return false;
        }
        camera.heldTimerMillis = CameraState.NO_TIME;
        long timeout = reordering.timeout().toMillis();
        if (wasActive(timers, timeout)) {
            setHeldTimer(Times.later(timers.currentWatermark(), timeout), timers);
            return false;
        }
        return true;
    }

    /** Whether a timer by the clock of the machine ends the waiting of frames. */
    boolean clockEndsWaiting(TimerService timers) {
        return !camera.held.isEmpty() && !wasActive(timers, idleMillis);
    }

    /** Whether this call of a timer finds the camera silent; if not, it sets another one. */
    boolean endsSilence(long timestamp, TimerService timers) {
        if (timestamp != camera.timerMillis) {
            return false;
        }
        camera.timerMillis = CameraState.NO_TIME;
        long due = Times.later(camera.eventTimeMillis, idleMillis);
        if (timestamp < due) {
            setIdleTimer(due, timers);
            return false;
        }
        if (wasActive(timers, idleMillis)) {
            setIdleTimer(Times.later(timers.currentWatermark(), idleMillis), timers);
            return false;
        }
        return true;
    }

    private void setIdleTimer(long due, TimerService timers) {
        camera.timerMillis = due;
        timers.registerEventTimeTimer(due);
    }

    private void setHeldTimer(long due, TimerService timers) {
        camera.heldTimerMillis = due;
        timers.registerEventTimeTimer(due);
    }

    /**
     * Sets one for the idle timeout after now or up to as much later: at multiples of it, so that
     * Flink never has more than two, however often it is set.
     */
    private void setClockTimer(TimerService timers) {
        long multiple = now(timers) / idleMillis;
        timers.registerProcessingTimeTimer((multiple + 2) * idleMillis);
    }

    /** Takes a timer away, unless the other one is set for the same time: to Flink they are one. */
    private static void delete(long timer, long other, TimerService timers) {
        if (timer != other) {
            timers.deleteEventTimeTimer(timer);
        }
    }

    /** Whether the camera was heard of lately; at the end of the input it does not matter. */
    private boolean wasActive(TimerService timers, long timeoutMillis) {
        boolean isEndOfInput = timers.currentWatermark() == Long.MAX_VALUE;
        long since = Math.max(camera.processedAtMillis, firstCallMillis(timers));
        return !isEndOfInput && timers.currentProcessingTime() < Times.later(since, timeoutMillis);
    }

    private long now(TimerService timers) {
        firstCallMillis(timers);
        return timers.currentProcessingTime();
    }

    private long firstCallMillis(TimerService timers) {
        if (firstCallMillis == CameraState.NO_TIME) {
            firstCallMillis = timers.currentProcessingTime();
        }
        return firstCallMillis;
    }
}
