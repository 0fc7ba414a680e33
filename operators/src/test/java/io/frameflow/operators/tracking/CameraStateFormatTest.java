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

import static io.frameflow.operators.tracking.Frames.box;
import static io.frameflow.operators.tracking.Frames.frame;
import static io.frameflow.operators.tracking.Frames.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.operators.analytics.AnalyticsConfiguration;
import io.frameflow.operators.metrics.AnalyticsMetrics;
import io.frameflow.operators.metrics.TrackingMetrics;
import io.frameflow.operators.tracking.binary.MalformedStateException;
import io.frameflow.operators.tracking.tracker.CombinedOptions;
import io.frameflow.operators.tracking.tracker.TrackPhase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bytes of each version that was ever written lie in the resources, and are read for ever. A
 * change of the format takes a new version, a new file, and leaves the old ones as they are.
 */
class CameraStateFormatTest {
    private static final String VERSION_1 = "camera-state-v1.bin";
    private static final String VERSION_2 = "camera-state-v2.bin";
    private static final String VERSION_3 = "camera-state-v3.bin";

    private final CameraStateFormat format = new CameraStateFormat();

    @Test
    void todaysBytesAreThoseOfVersion3() throws IOException {
        assertThat(format.write(sample())).isEqualTo(golden(VERSION_3));
    }

    @Test
    void version2HasHeldFramesAndAnalytics() throws IOException {
        CameraState state = new CameraState();

        format.read(golden(VERSION_2), state);

        assertThat(state.held.count()).isEqualTo(2);
        assertThat(state.held.first()).isEqualTo(85);
        assertThat(state.held.last()).isEqualTo(87);
        assertThat(state.held.earliestTimestamp()).isEqualTo(1_700_000_001_000L);
        assertThat(state.heldTimerMillis).isEqualTo(1_700_000_002_000L);
        assertThat(state.history.isRegularStep(1)).isTrue();
        assertThat(state.analytics).containsExactly(1, 2, 3);
    }

    @Test
    void version1HasNone() throws IOException {
        CameraState state = sample();

        format.read(golden(VERSION_1), state);

        assertThat(state.held.isEmpty()).isTrue();
        assertThat(state.heldTimerMillis).isEqualTo(CameraState.NO_TIME);
        assertThat(state.history.isRegularStep(1)).isFalse();
        assertThat(state.analytics).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2, VERSION_3})
    void everyVersionIsRead(String version) throws IOException {
        CameraState state = new CameraState();

        format.read(golden(version), state);

        assertThat(state.width).isEqualTo(1920);
        assertThat(state.height).isEqualTo(1080);
        assertThat(state.eventTimeMillis).isEqualTo(1_700_000_002_000L);
        assertThat(state.timerMillis).isEqualTo(1_700_000_060_000L);
        assertThat(state.processedAtMillis).isEqualTo(1_700_000_002_345L);
        assertThat(state.history.session()).isEqualTo("second");
        assertThat(state.history.sequence()).isEqualTo(83);
        assertThat(state.tracks.nextId()).isEqualTo(6);
        assertThat(state.tracks.count()).isEqualTo(3);
        assertThat(state.tracks.track(0).id()).isEqualTo(3);
        assertThat(state.tracks.track(0).phase()).isEqualTo(TrackPhase.CONFIRMED);
        assertThat(state.tracks.track(0).label()).isEqualTo("person");
        assertThat(state.tracks.track(1).phase()).isEqualTo(TrackPhase.LOST);
        assertThat(state.tracks.track(2).phase()).isEqualTo(TrackPhase.TENTATIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2, VERSION_3})
    void aCameraGoesOnFromEveryVersion(String version) throws IOException {
        CameraState state = new CameraState();
        format.read(golden(version), state);
        // Earlier versions were written by another tracker, which makes no difference to the ids.
        CameraTracking tracking = tracking();

        var known = frame("c", "second", 84, box(4 * 84, 100), box(800, 500), box(1200, 500));
        var twice = frame("c", "second", 82);
        var old = frame("c", "first", 99);

        assertThat(tracking.process(state, known, false, event -> {})).isEqualTo(FrameOrder.NEXT);
        assertThat(ids(known)).containsExactly(3L, 4L, 5L);
        assertThat(tracking.process(state, twice, false, event -> {}))
                .isEqualTo(FrameOrder.DUPLICATE);
        assertThat(tracking.process(state, old, false, event -> {})).isEqualTo(FrameOrder.LATE);
    }

    @Test
    void aStateIsReadOverAnother() throws IOException {
        CameraState state = sample();
        CameraState empty = new CameraState();
        byte[] emptyBytes = format.write(empty);

        format.read(emptyBytes, state);
        assertThat(format.write(state)).isEqualTo(emptyBytes);
        state.clear();
        assertThat(format.write(state)).isEqualTo(emptyBytes);
        format.read(golden(VERSION_3), state);
        assertThat(format.write(state)).isEqualTo(golden(VERSION_3));
    }

    @Test
    void aVersionOfTheFutureIsRefusedWithAHint() throws IOException {
        byte[] bytes = golden(VERSION_3);
        bytes[0] = 99;

        assertThatExceptionOfType(MalformedStateException.class)
                .isThrownBy(() -> format.read(bytes, new CameraState()))
                .withMessageContaining("version 99")
                .withMessageContaining("later one");
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2, VERSION_3})
    void damagedBytesAreRefused(String version) throws IOException {
        byte[] bytes = golden(version);

        assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    @Disabled("writes the bytes of a new version, once")
    void writeGoldenBytes() throws IOException {
        Files.write(
                Path.of("src/test/resources/io/frameflow/operators/tracking/" + VERSION_3),
                format.write(sample()));
    }

    private void assertRefused(byte[] bytes) {
        assertThatExceptionOfType(MalformedStateException.class)
                .isThrownBy(() -> format.read(bytes, new CameraState()));
    }

    /** A camera that restarted, with one track in sight, one lost and a tentative one. */
    private static CameraState sample() {
        CameraState state = new CameraState();
        CameraTracking tracking = tracking();
        for (int i = 0; i < 3; i++) {
            tracking.process(
                    state, frame("c", "first", i, box(0, 0), box(90, 0)), false, event -> {});
        }
        for (int i = 3; i < 84; i++) {
            if (i < 81) {
                tracking.process(
                        state,
                        frame("c", "second", i, box(4 * i, 100), box(800, 500)),
                        false,
                        event -> {});
            } else if (i < 83) {
                tracking.process(
                        state, frame("c", "second", i, box(4 * i, 100)), false, event -> {});
            } else {
                tracking.process(
                        state,
                        frame("c", "second", i, box(4 * i, 100), box(1200, 500)),
                        false,
                        event -> {});
            }
        }
        state.eventTimeMillis = 1_700_000_002_000L;
        state.timerMillis = 1_700_000_060_000L;
        state.processedAtMillis = 1_700_000_002_345L;
        state.held.add(87, 1_700_000_001_000L, 320);
        state.held.add(85, 1_700_000_001_040L, 256);
        state.heldTimerMillis = 1_700_000_002_000L;
        state.analytics = new byte[] {1, 2, 3};
        return state;
    }

    private static CameraTracking tracking() {
        return new CameraTracking(
                CombinedOptions.DEFAULTS.newTracker(),
                60_000_000,
                new TrackAnalytics(
                        AnalyticsConfiguration.NONE,
                        new AnalyticsMetrics(new CountingMetricGroup())),
                new TrackingMetrics(new CountingMetricGroup()));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = CameraStateFormatTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no such resource: " + name);
            }
            return in.readAllBytes();
        }
    }
}
