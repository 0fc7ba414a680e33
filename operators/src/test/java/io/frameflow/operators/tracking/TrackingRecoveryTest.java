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

import static io.frameflow.operators.tracking.Frames.frame;
import static io.frameflow.operators.tracking.TrackingHarness.IN_ORDER;
import static io.frameflow.operators.tracking.TrackingHarness.MAX_PARALLELISM;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.types.RecordTypes;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.TrackEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the job, ids and events are those of the undisturbed run. */
class TrackingRecoveryTest {
    private static final int CAMERAS = 12;
    private static final int FRAMES = 60;

    private final TypeSerializer<FrameDetections> copier =
            RecordTypes.frameDetections().createSerializer(new SerializerConfigImpl());
    private final List<FrameDetections> input = input();

    /** Ids of the tracks of each frame and the events, for each camera. */
    record Outcome(Map<String, List<String>> ids, Map<String, List<TrackEvent>> events) {
        Outcome() {
            this(new HashMap<>(), new HashMap<>());
        }

        void take(TrackingHarness harness) {
            for (FrameDetections result : harness.results()) {
                ids.computeIfAbsent(result.getCameraId(), any -> new ArrayList<>())
                        .add(result.getSequence() + ": " + Frames.ids(result));
            }
            for (TrackEvent event : harness.events()) {
                events.computeIfAbsent(event.getCameraId(), any -> new ArrayList<>()).add(event);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 360, 719})
    void aRestoredRunGivesTheSame(int stop) throws Exception {
        Outcome outcome = new Outcome();
        OperatorSubtaskState state;
        try (TrackingHarness first = new TrackingHarness(IN_ORDER, 1, 0, null)) {
            process(first, input.subList(0, stop));
            state = first.snapshot();
            outcome.take(first);
            // What was processed after the checkpoint is lost, and processed again.
            process(first, input.subList(stop, Math.min(stop + 50, input.size())));
        }
        try (TrackingHarness second = new TrackingHarness(IN_ORDER, 1, 0, state)) {
            process(second, input.subList(stop, input.size()));
            outcome.take(second);
        }

        assertThat(outcome).isEqualTo(undisturbed());
    }

    @Test
    void aRunRescaledFromTwoToFiveGivesTheSame() throws Exception {
        int stop = input.size() / 2;
        Outcome outcome = new Outcome();
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (TrackingHarness harness = new TrackingHarness(IN_ORDER, 2, subtask, null)) {
                process(harness, ofSubtask(input.subList(0, stop), 2, subtask));
                states.add(harness.snapshot());
                outcome.take(harness);
            }
        }
        OperatorSubtaskState all =
                AbstractStreamOperatorTestHarness.repackageState(
                        states.toArray(new OperatorSubtaskState[0]));
        int busy = 0;
        for (int subtask = 0; subtask < 5; subtask++) {
            OperatorSubtaskState part =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            all, MAX_PARALLELISM, 2, 5, subtask);
            try (TrackingHarness harness = new TrackingHarness(IN_ORDER, 5, subtask, part)) {
                List<FrameDetections> frames =
                        ofSubtask(input.subList(stop, input.size()), 5, subtask);
                busy += frames.isEmpty() ? 0 : 1;
                process(harness, frames);
                outcome.take(harness);
            }
        }

        assertThat(busy).as("subtasks with cameras").isGreaterThan(2);
        assertThat(outcome).isEqualTo(undisturbed());
    }

    @Test
    void aReplayGivesTheSame() throws Exception {
        assertThat(undisturbed()).isEqualTo(undisturbed());
    }

    private Outcome undisturbed() throws Exception {
        try (TrackingHarness harness = new TrackingHarness(IN_ORDER, 1, 0, null)) {
            process(harness, input);
            Outcome outcome = new Outcome();
            outcome.take(harness);
            assertThat(outcome.ids).hasSize(CAMERAS);
            assertThat(outcome.events).hasSize(CAMERAS);
            return outcome;
        }
    }

    /** The operator fills in what it is given, so it is given copies. */
    private void process(TrackingHarness harness, List<FrameDetections> frames) throws Exception {
        for (FrameDetections frame : frames) {
            harness.process(copier.copy(frame));
        }
    }

    private static List<FrameDetections> ofSubtask(
            List<FrameDetections> frames, int parallelism, int subtask) {
        return frames.stream()
                .filter(
                        frame ->
                                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                                frame.getCameraId(), MAX_PARALLELISM, parallelism)
                                        == subtask)
                .toList();
    }

    /** Cameras with objects that cross, vanish and come back; with gaps, repeats and restarts. */
    private static List<FrameDetections> input() {
        List<FrameDetections> frames = new ArrayList<>();
        Random random = new Random(11);
        for (int i = 0; i < FRAMES; i++) {
            for (int camera = 0; camera < CAMERAS; camera++) {
                String session = camera % 3 == 0 && i >= 40 ? "second" : "first";
                int sequence = random.nextInt(10) == 0 ? i / 2 : i + i / 20;
                List<DetectedObject> objects = new ArrayList<>();
                for (int object = 0; object < 6; object++) {
                    if (random.nextInt(5) > 0) {
                        objects.add(
                                Frames.object(
                                        (object + 1) * 3f * i + random.nextInt(4),
                                        30f * object + random.nextInt(4),
                                        40,
                                        80,
                                        0.1f + 0.9f * random.nextFloat()));
                    }
                }
                frames.add(
                        frame(
                                "camera " + camera,
                                session,
                                sequence,
                                objects.toArray(new DetectedObject[0])));
            }
        }
        return frames;
    }
}
