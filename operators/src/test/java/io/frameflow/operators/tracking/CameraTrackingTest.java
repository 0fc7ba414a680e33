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

import static io.frameflow.operators.tracking.Frames.FRAME_MICROS;
import static io.frameflow.operators.tracking.Frames.box;
import static io.frameflow.operators.tracking.Frames.frame;
import static io.frameflow.operators.tracking.Frames.ids;
import static io.frameflow.operators.tracking.Frames.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.operators.analytics.AnalyticsConfiguration;
import io.frameflow.operators.analytics.CameraRules;
import io.frameflow.operators.analytics.ClassFilter;
import io.frameflow.operators.analytics.DirectionMode;
import io.frameflow.operators.analytics.DirectionRule;
import io.frameflow.operators.analytics.LineRule;
import io.frameflow.operators.analytics.OvercrowdingRule;
import io.frameflow.operators.analytics.Point;
import io.frameflow.operators.analytics.ZoneRule;
import io.frameflow.operators.metrics.AnalyticsMetrics;
import io.frameflow.operators.metrics.MetricNames;
import io.frameflow.operators.metrics.TrackingMetrics;
import io.frameflow.operators.tracking.tracker.ByteTrackOptions;
import io.frameflow.operators.tracking.tracker.TrackerKind;
import io.frameflow.operators.tracking.tracker.TrackerOptions;
import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.TrackState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CameraTrackingTest {
    private static final ByteTrackOptions OPTIONS = ByteTrackOptions.DEFAULTS;
    private static final long IDLE_MICROS = 60_000_000;

    private static final List<Point> HALF =
            List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1));
    private static final CameraRules RULES =
            new CameraRules(
                    List.of(new ZoneRule("half", HALF, false, ClassFilter.ALL)),
                    List.of(new OvercrowdingRule("half", HALF, 10, 1, ClassFilter.ALL)),
                    List.of(
                            new LineRule(
                                    "line",
                                    HALF.get(0),
                                    HALF.get(1),
                                    HALF.get(1),
                                    HALF.get(2),
                                    true,
                                    DirectionMode.LOOSE,
                                    ClassFilter.ALL)),
                    List.of(
                            new DirectionRule(
                                    "right",
                                    HALF.get(0),
                                    HALF.get(1),
                                    DirectionMode.LOOSE,
                                    ClassFilter.ALL)));

    private final CountingMetricGroup metrics = new CountingMetricGroup();
    private final CameraTracking tracking =
            new CameraTracking(
                    OPTIONS.newTracker(),
                    IDLE_MICROS,
                    new TrackAnalytics(AnalyticsConfiguration.NONE, new AnalyticsMetrics(metrics)),
                    new TrackingMetrics(metrics));
    private final CameraState camera = new CameraState();
    private final List<TrackEvent> events = new ArrayList<>();

    @Test
    void objectsGetTheirTracks() {
        process(frame("c", "a", 0, box(0, 0), box(300, 0)));
        FrameDetections second = process(frame("c", "a", 1, box(302, 0), box(2, 0)));

        assertThat(ids(second)).containsExactly(2L, 1L);
        assertThat(second.getObjects().get(0).getTrack().getState())
                .isEqualTo(TrackState.CONFIRMED);
        assertThat(second.getObjects().get(0).getTrack().getAgeFrames()).isEqualTo(2);
    }

    @Test
    void anEventTellsWhoWhenAndWhere() {
        process(frame("c", "a", 7, box(10, 20)));
        process(frame("c", "a", 8, box(12, 21)));
        process(frame("c", "a", 9));

        TrackEvent lost = events.get(events.size() - 1);
        assertThat(describe(lost)).isEqualTo("LOST 1 at a/9");
        assertThat(lost.getCameraId()).isEqualTo("c");
        assertThat(lost.getCaptureTimeUs()).isEqualTo(Frames.captureTimeOf(9));
        assertThat(lost.getFirstCaptureTimeUs()).isEqualTo(Frames.captureTimeOf(7));
        assertThat(lost.getDetections()).isEqualTo(2);
        assertThat(lost.getLabel()).isEqualTo("person");
        assertThat(lost.getScore()).isEqualTo(0.9f);
        assertThat(List.of(lost.getLeft(), lost.getTop(), lost.getWidth(), lost.getHeight()))
                .containsExactly(12f, 21f, 40f, 80f);
    }

    @Test
    void missingFramesAreCountedAndBridged() {
        for (int i = 0; i < 20; i++) {
            process(frame("c", "a", i, box(8 * i, 0)));
        }

        assertThat(ids(process(frame("c", "a", 29, box(8 * 29, 0))))).containsExactly(1L);
        assertThat(metrics.count(MetricNames.FRAMES_MISSING)).isEqualTo(9);
    }

    @Test
    void aGapLongerThanTheBufferEndsTracksWithTheLastFrameBeforeIt() {
        process(frame("c", "a", 0, box(0, 0)));
        process(frame("c", "a", 1, box(0, 0)));
        events.clear();

        FrameDetections later = process(frame("c", "a", 100, box(0, 0)));

        assertThat(ids(later)).containsExactly(2L);
        assertThat(described()).containsExactly("ENDED 1 at a/1");
    }

    @Test
    void aSilenceInCaptureTimeEndsTracksThoughNoSequenceIsMissing() {
        process(frame("c", "a", 0, box(0, 0)));
        events.clear();
        FrameDetections later = frame("c", "a", 1, box(0, 0));
        later.setCaptureTimeUs(Frames.captureTimeOf(0) + IDLE_MICROS);

        assertThat(ids(process(later))).containsExactly(2L);
        assertThat(described()).containsExactly("ENDED 1 at a/0");
    }

    @Test
    void aSilenceInKafkasTimeEndsTracksToo() {
        process(frame("c", "a", 0, box(0, 0)));
        events.clear();
        FrameDetections later = frame("c", "a", 1, box(0, 0));

        tracking.process(camera, later, true, events::add);

        assertThat(ids(later)).containsExactly(2L);
        assertThat(described()).containsExactly("ENDED 1 at a/0");
    }

    @Test
    void aStalledCameraMovesOnByItsCaptureTimes() {
        for (int i = 0; i < 100; i++) {
            process(frame("c", "a", i, box(8 * i, 0)));
        }
        FrameDetections late = frame("c", "a", 100, box(8 * 110, 0));
        late.setCaptureTimeUs(Frames.captureTimeOf(110));

        assertThat(ids(process(late))).containsExactly(1L);
    }

    @Test
    void aRestartEndsTracksAndIdsGoOn() {
        process(frame("c", "a", 500, box(0, 0)));
        events.clear();

        assertThat(ids(process(frame("c", "b", 0, box(0, 0))))).containsExactly(2L);

        assertThat(described()).containsExactly("ENDED 1 at a/500", "CONFIRMED 2 at b/0");
        assertThat(metrics.count(MetricNames.CAMERA_RESTARTS)).isEqualTo(1);
        assertThat(metrics.count(MetricNames.FRAMES_MISSING)).isZero();
    }

    @Test
    void aDuplicateOrLateFrameHasNoEffectOnTracks() {
        process(frame("c", "a", 0, box(0, 0)));
        process(frame("c", "a", 2, box(0, 0)));
        events.clear();
        FrameDetections late = frame("c", "a", 1, box(500, 0));
        FrameDetections twice = frame("c", "a", 2, box(500, 0));

        assertThat(tracking.process(camera, late, false, events::add)).isEqualTo(FrameOrder.LATE);
        assertThat(tracking.process(camera, twice, false, events::add))
                .isEqualTo(FrameOrder.DUPLICATE);

        assertThat(ids(late)).containsExactly((Long) null);
        assertThat(events).isEmpty();
        assertThat(camera.tracks.count()).isEqualTo(1);
    }

    @Test
    void switchedOffItEndsTracksAndSwitchedOnItBeginsNewOnes() {
        process(frame("c", "a", 0, box(0, 0)));
        process(frame("c", "a", 1, box(2, 0)));
        FrameDetections off = process(untracked(frame("c", "a", 2, box(4, 0))));
        process(untracked(frame("c", "a", 3, box(6, 0))));
        FrameDetections on = process(frame("c", "a", 4, box(8, 0)));

        assertThat(off.getObjects().get(0).getTrack()).isNull();
        assertThat(ids(on)).containsExactly(2L);
        assertThat(described()).containsSequence("ENDED 1 at a/2").doesNotContain("ENDED 1 at a/3");
        assertThat(metrics.count(MetricNames.FRAMES_MISSING)).isZero();
    }

    private static FrameDetections untracked(FrameDetections frame) {
        frame.setSettings(AppliedSettings.newBuilder().setTrackingEnabled(false).build());
        return frame;
    }

    @Test
    void aDroppedFrameIsTimeThatNobodyLooked() {
        for (int i = 0; i < 20; i++) {
            process(frame("c", "a", i, box(8 * i, 0)));
        }
        events.clear();
        for (int i = 20; i < 25; i++) {
            FrameDetections dropped = frame("c", "a", i);
            dropped.setStatus(FrameStatus.DROPPED);
            dropped.setWidth(0);
            process(dropped);
        }

        assertThat(ids(process(frame("c", "a", 25, box(8 * 25, 0))))).containsExactly(1L);
        assertThat(events).isEmpty();
        assertThat(metrics.count(MetricNames.FRAMES_MISSING)).isZero();
        assertThat(metrics.count(MetricNames.RESOLUTION_CHANGES)).isZero();
    }

    @Test
    void aFrameOfAnotherSizeAndTheSameShapeShowsTheSameScene() {
        for (int i = 0; i < 20; i++) {
            process(frame("c", "a", i, box(30 * i / 10.0, 300)));
        }
        FrameDetections small = frame("c", "a", 20, object(20, 100, 40 / 3f, 80 / 3f, 0.9f));
        small.setWidth(640);
        small.setHeight(360);

        assertThat(ids(process(small))).containsExactly(1L);
        assertThat(metrics.count(MetricNames.RESOLUTION_CHANGES)).isEqualTo(1);
    }

    @Test
    void aFrameOfAnotherShapeShowsAnotherScene() {
        process(frame("c", "a", 0, box(0, 0)));
        events.clear();
        FrameDetections square = frame("c", "a", 1, box(0, 0));
        square.setWidth(1080);

        assertThat(ids(process(square))).containsExactly(2L);
        assertThat(described()).containsExactly("ENDED 1 at a/1");
    }

    @Test
    void nonsenseIsCountedAndNotTracked() {
        float nan = Float.NaN;
        float infinite = Float.POSITIVE_INFINITY;
        DetectedObject negativeClass = box(0, 0);
        negativeClass.setClassId(-1);

        FrameDetections frame =
                process(
                        frame(
                                "c",
                                "a",
                                0,
                                object(nan, 0, 1, 1, 0.9f),
                                object(0, infinite, 1, 1, 0.9f),
                                object(0, 0, 0, 1, 0.9f),
                                object(0, 0, 1, -1, 0.9f),
                                object(0, 0, infinite, 1, 0.9f),
                                object(0, 0, Float.MAX_VALUE, 1, 0.9f),
                                object(0, 0, 1, 1, nan),
                                negativeClass,
                                box(5, 5)));

        assertThat(ids(frame)).hasSize(9).startsWith((Long) null).endsWith(1L);
        assertThat(metrics.count(MetricNames.BOXES_IGNORED)).isEqualTo(8);
        assertThat(camera.tracks.count()).isEqualTo(1);
    }

    @Test
    void tenThousandBoxesNeitherThrowNorGrowState() {
        Random random = new Random(3);
        for (int i = 0; i < 3; i++) {
            DetectedObject[] objects = new DetectedObject[10_000];
            Arrays.setAll(objects, any -> box(random.nextInt(1800), random.nextInt(1000)));
            process(frame("c", "a", i, objects));
        }

        assertThat(camera.tracks.count()).isLessThanOrEqualTo(OPTIONS.maxTargetsPerStream());
        assertThat(new CameraStateFormat().write(camera)).hasSizeLessThan(40_000);
        assertThat(metrics.count(MetricNames.BOXES_IGNORED))
                .isEqualTo(3 * (10_000 - CameraTracking.MOST_BOXES));
        assertThat(metrics.count(MetricNames.TRACKS_REFUSED)).isPositive();
    }

    /** With rules of each kind, and a tracker that remembers as many places as one can. */
    @ParameterizedTest
    @EnumSource(TrackerKind.class)
    void fiftyTracksTakeAtMostTwentyKilobytes(TrackerKind kind) {
        boolean remembersPlaces = kind == TrackerKind.FRAMEFLOW || kind == TrackerKind.OCSORT;
        TrackerOptions options = kind.options(remembersPlaces ? Map.of("delta_t", 8) : Map.of());
        TrackAnalytics analytics =
                new TrackAnalytics(
                        new AnalyticsConfiguration(Map.of("camera", RULES)),
                        new AnalyticsMetrics(metrics));
        CameraTracking ruled =
                new CameraTracking(
                        options.newTracker(), IDLE_MICROS, analytics, new TrackingMetrics(metrics));
        DetectedObject[] objects = new DetectedObject[50];
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < objects.length; j++) {
                objects[j] = box(i + 60 * (j % 10), 100 * (j / 10) + i / 3.0);
            }
            FrameDetections frame = frame("camera", "a session with a long name", i, objects);
            analytics.load("camera", camera);
            ruled.process(camera, frame, false, events::add);
            analytics.store(camera);
        }

        assertThat(camera.tracks.count()).isEqualTo(50);
        assertThat(camera.analytics).as("with what is known of 50 objects").hasSizeGreaterThan(500);
        assertThat(new CameraStateFormat().write(camera)).hasSizeLessThanOrEqualTo(20_000);
    }

    @Test
    void timeRunningBackwardsNeitherThrowsNorGrowsState() {
        for (int i = 0; i < 500; i++) {
            FrameDetections frame = frame("c", null, 1_000_000 - i, box(i, 0), box(300 - i, 0));
            frame.setCaptureTimeUs(Frames.captureTimeOf(0) - i * FRAME_MICROS);
            tracking.process(camera, frame, false, events::add);
        }

        assertThat(camera.tracks.count()).isEqualTo(2);
        assertThat(new CameraStateFormat().write(camera)).hasSizeLessThan(1_000);
    }

    @Test
    void aCaptureTimeThatFallsIsCountedAndDoesNotMoveTracksBack() {
        for (int i = 0; i < 10; i++) {
            FrameDetections frame = frame("c", "a", i, box(4 * i, 0));
            frame.setCaptureTimeUs(Frames.captureTimeOf(0) - i * FRAME_MICROS);

            assertThat(ids(process(frame))).containsExactly(1L);
        }

        assertThat(metrics.count(MetricNames.CAPTURE_TIMES_FALLEN)).isEqualTo(9);
        assertThat(camera.tracks.track(0).ageFrames()).isEqualTo(10);
    }

    @Test
    void expiryEndsTracksWithTheLastFrame() {
        process(frame("c", "a", 4, box(0, 0)));
        events.clear();

        tracking.expire(camera, "c", events::add);

        assertThat(described()).containsExactly("ENDED 1 at a/4");
        assertThat(metrics.count(MetricNames.TRACKS_ENDED)).isEqualTo(1);
    }

    private FrameDetections process(FrameDetections frame) {
        assertThat(tracking.process(camera, frame, false, events::add))
                .isIn(FrameOrder.NEXT, FrameOrder.RESTART);
        return frame;
    }

    private List<String> described() {
        return events.stream().map(CameraTrackingTest::describe).toList();
    }

    private static String describe(TrackEvent event) {
        @Nullable String session = event.getSession();
        return event.getType()
                + " "
                + event.getTrackId()
                + " at "
                + session
                + "/"
                + event.getSequence();
    }
}
