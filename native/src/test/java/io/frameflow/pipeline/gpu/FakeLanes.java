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
package io.frameflow.pipeline.gpu;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.failure.Stage;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lanes without a card, which take down the steps that they are asked for, such as "decode 7" for
 * batch 7. What no lane may be asked for is taken down too.
 */
final class FakeLanes {
    /** Steps in the order in which they began. */
    final List<String> steps = Collections.synchronizedList(new ArrayList<>());

    /** The threads of each kind of step. */
    final Map<String, Set<Thread>> threads = new ConcurrentHashMap<>();

    /** What is done within a step, by its name. */
    final Map<String, Runnable> within = new ConcurrentHashMap<>();

    /** What was done that lanes do not allow. */
    final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    private final ThreadLocal<Boolean> current = ThreadLocal.withInitial(() -> false);
    private final AtomicBoolean launching = new AtomicBoolean();
    private final AtomicBoolean reading = new AtomicBoolean();

    List<BatchLane> lanes(int count) {
        List<BatchLane> lanes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lanes.add(new Lane());
        }
        return lanes;
    }

    /** Which call of {@link #makeCurrent} fails, counted from 0; none by default. */
    volatile int failingCall = -1;

    /** Batches of which lanes were told that there is no other. */
    final Set<Long> withoutOthers = ConcurrentHashMap.newKeySet();

    private final AtomicInteger calls = new AtomicInteger();

    void makeCurrent() {
        if (calls.getAndIncrement() == failingCall) {
            throw new FrameflowException(FailureCode.ENGINE_FAILED, "no card");
        }
        current.set(true);
    }

    /** Steps of a kind, in the order in which they began. */
    List<String> stepsOf(String kind) {
        synchronized (steps) {
            return steps.stream().filter(step -> step.startsWith(kind)).toList();
        }
    }

    /** Steps of a batch, in the order in which they began. */
    List<String> stepsOf(long batch) {
        synchronized (steps) {
            return steps.stream().filter(step -> step.endsWith(" " + batch)).toList();
        }
    }

    /** The result of each frame of a batch. */
    static FrameResult result(long batch) {
        return new FrameResult.Rejected(Stage.DECODE, FailureCode.EMPTY_IMAGE, "batch " + batch);
    }

    private final class Lane implements BatchLane {
        private final AtomicBoolean busy = new AtomicBoolean();

        // Neither is volatile: that is for who hands the lane from thread to thread.
        private String last = "";
        private List<EncodedFrame> frames = List.of();

        @Override
        public void stage(List<EncodedFrame> batch) {
            require(last.isEmpty(), "stage after " + last);
            frames = batch;
            step("stage");
        }

        @Override
        public void decode(boolean alone) {
            require(last.equals("stage"), "decode after " + last);
            if (alone) {
                withoutOthers.add(frames.get(0).sequence());
            }
            step("decode");
        }

        @Override
        public void launch() {
            require(last.equals("decode"), "launch after " + last);
            oneAtATime(launching, "launch");
        }

        @Override
        public List<FrameResult> finish() {
            require(last.equals("launch"), "finish after " + last);
            oneAtATime(reading, "finish");
            last = "";
            return Collections.nCopies(frames.size(), result(frames.get(0).sequence()));
        }

        @Override
        public void abandon() {
            if (!last.isEmpty()) {
                oneAtATime(reading, "abandon");
                last = "";
            }
        }

        private void oneAtATime(AtomicBoolean others, String kind) {
            require(!others.getAndSet(true), kind + " beside another lane's");
            try {
                step(kind);
            } finally {
                others.set(false);
            }
        }

        private void step(String kind) {
            String name = kind + " " + frames.get(0).sequence();
            require(current.get(), name + " by a thread without the card");
            require(!busy.getAndSet(true), name + " beside another step of the lane");
            try {
                steps.add(name);
                threads.computeIfAbsent(kind, any -> ConcurrentHashMap.newKeySet())
                        .add(Thread.currentThread());
                within.getOrDefault(name, () -> {}).run();
            } finally {
                last = kind;
                busy.set(false);
            }
        }

        private void require(boolean allowed, String violation) {
            if (!allowed) {
                violations.add(violation);
            }
        }
    }
}
