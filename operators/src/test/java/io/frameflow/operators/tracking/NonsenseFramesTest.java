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
import io.frameflow.operators.tracking.tracker.CombinedOptions;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.FrameStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever stands in frames that can be read, the operator neither fails nor loses a frame. */
class NonsenseFramesTest {
    private static final int FRAMES = 60;
    private static final float[] COORDINATES = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        -1e6f,
        1e6f,
        Float.MIN_VALUE,
        -0f,
        0,
        1,
        480,
        959.99f,
        960,
        1920,
        -5
    };
    private static final long[] NUMBERS = {
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        -1,
        0,
        1,
        7,
        8,
        1_700_000_000_000_000L,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE
    };
    private static final int[] SIZES = {Integer.MIN_VALUE, -1, 0, 1, 2, 1920, 1 << 21, 1 << 22};
    private static final List<FrameStatus> STATUSES =
            List.of(
                    FrameStatus.OBJECTS,
                    FrameStatus.EMPTY,
                    FrameStatus.DROPPED,
                    FrameStatus.UNKNOWN);
    private static final List<Point> HALF =
            List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1));
    private static final CameraRules RULES =
            new CameraRules(
                    List.of(new ZoneRule("half", HALF, false, ClassFilter.ALL)),
                    List.of(new OvercrowdingRule("half", HALF, 2, 1, ClassFilter.ALL)),
                    List.of(
                            new LineRule(
                                    "line",
                                    new Point(0, 0),
                                    new Point(1, 0),
                                    new Point(0.5, 0),
                                    new Point(0.5, 1),
                                    true,
                                    DirectionMode.BALANCED,
                                    ClassFilter.ALL)),
                    List.of(
                            new DirectionRule(
                                    "right",
                                    new Point(0, 0),
                                    new Point(1, 0),
                                    DirectionMode.STRICT,
                                    ClassFilter.ALL)));

    @Property(tries = 15)
    void everyFrameLeavesAsOneRecord(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        TrackingParameters parameters =
                new TrackingParameters(
                        CombinedOptions.DEFAULTS,
                        Duration.ofSeconds(60),
                        new Reordering(
                                random.nextInt(Reordering.LARGEST_WINDOW), Duration.ofSeconds(1)),
                        new AnalyticsConfiguration(Map.of("c", RULES)));
        try (TrackingHarness harness = new TrackingHarness(parameters, 1, 0, null)) {
            for (int i = 0; i < FRAMES; i++) {
                FrameDetections frame = nonsense(random);
                if (random.nextInt(10) == 0) {
                    harness.processWithoutTime(frame);
                } else {
                    // Flink keeps the least time for records that have none.
                    harness.process(frame, Math.max(Long.MIN_VALUE + 1, any(NUMBERS, random)));
                }
            }
            harness.watermark(Long.MAX_VALUE);

            assertThat(harness.results().size() + harness.deadLetters().size()).isEqualTo(FRAMES);
        }
    }

    private static FrameDetections nonsense(Random random) {
        List<DetectedObject> objects = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            DetectedObject object =
                    object(
                            any(COORDINATES, random),
                            any(COORDINATES, random),
                            any(COORDINATES, random),
                            any(COORDINATES, random),
                            random.nextBoolean() ? 0.9f : any(COORDINATES, random));
            object.setClassId(random.nextInt(3) - 1);
            objects.add(object);
        }
        FrameDetections frame =
                Frames.frame(
                        "c",
                        random.nextInt(4) == 0 ? null : "s" + random.nextInt(2),
                        any(NUMBERS, random),
                        objects.toArray(new DetectedObject[0]));
        frame.setCaptureTimeUs(any(NUMBERS, random));
        frame.setWidth(SIZES[random.nextInt(SIZES.length)]);
        frame.setHeight(SIZES[random.nextInt(SIZES.length)]);
        frame.setStatus(STATUSES.get(random.nextInt(STATUSES.size())));
        return frame;
    }

    private static float any(float[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static long any(long[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
